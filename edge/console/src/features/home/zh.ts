export default { title: "你好，{{name}}", intro: "选择要处理的工作。" };

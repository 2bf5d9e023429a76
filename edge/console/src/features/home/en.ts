export default { title: "Hello, {{name}}", intro: "Choose what to work on." };

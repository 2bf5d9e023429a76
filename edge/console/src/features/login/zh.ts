export default {
  title: "登录客流",
  intro: "全渠道智能客服与营销工作台",
  user: "账号",
  user_missing: "请输入账号",
  change_password: "修改密码",
  password_changed: "密码已修改，其他设备上的登录已退出",
  new_password: "新密码",
  new_password_rule: "至少 10 个字符",
  password: "密码",
  password_missing: "请输入密码",
  enter: "登录",
  wait: "{{seconds}} 秒后可重试",
  demo: {
    title: "演示环境",
    accounts:
      "可用账号：agent、agent2、agent3（客服）、marketing（营销）、compliance（合规）、executive（管理层）、admin（管理员）。",
    password: "密码在启动时打印在终端里。",
    shop: "演示店铺",
    api: "接口说明",
    health: "健康状态",
  },
};

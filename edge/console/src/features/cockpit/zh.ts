const zh = {
  title: "驾驶舱",
  intro: "数字随时更新，点开可看定义与查询",
  empty: "还没有指标",
  open: "查看 {{name}} 的详情",
  back: "返回总览",
  before: "上一周期",
  compare: "与上一周期比较",
  time: "时间",
  chart: "{{name}}随时间的变化",
  meaning: "含义",
  definition: "定义",
  query: "查询",
  wall: { title: "客流大屏", choose: "选择指标", full: "全屏", leave: "退出大屏", open: "大屏" },
  png: "导出整页图片",
  filters: "范围与筛选",
  range: {
    label: "时间范围",
    "1h": "1 小时",
    "24h": "24 小时",
    "7d": "7 天",
    "28d": "28 天",
    custom: "自定义",
  },
  channel: { label: "渠道", all: "全部渠道", web: "网页", app: "App", douyin: "抖音" },
};

export default zh;

const en = {
  title: "Cockpit",
  intro: "Figures as they change; open one for its definition and query",
  empty: "There are no metrics yet",
  open: "Details of {{name}}",
  back: "All figures",
  before: "Period before",
  compare: "Compare with the period before",
  time: "Time",
  chart: "{{name}} over time",
  meaning: "What it means",
  definition: "Definition",
  query: "Query",
  wall: {
    title: "Keliu wall",
    choose: "Choose figures",
    full: "Full screen",
    leave: "Leave the wall",
    open: "Wall",
  },
  png: "The page as a picture",
  filters: "Range and filters",
  range: {
    label: "Range",
    "1h": "1 hour",
    "24h": "24 hours",
    "7d": "7 days",
    "28d": "28 days",
    custom: "Custom",
  },
  channel: { label: "Channel", all: "All channels", web: "Web", app: "App", douyin: "Douyin" },
};

export default en;

export default {
  title: "Log in to Keliu",
  intro: "Omnichannel customer service and marketing",
  user: "Account",
  user_missing: "Enter your account",
  password: "Password",
  password_missing: "Enter your password",
  enter: "Log in",
  wait: "Try again in {{seconds}} s",
  demo: {
    title: "Demo",
    accounts: "Accounts: agent, marketing, compliance, executive and admin.",
    password: "Their password was printed on the terminal at the start.",
    shop: "Demo shop",
    api: "API document",
    health: "Health",
  },
};

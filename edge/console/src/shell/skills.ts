// The kinds of person that the AI hands over to. Their names are shell:skill; a company may have others, by names of its own.
export const usualSkills = ["aftersales", "complaint", "presales"];

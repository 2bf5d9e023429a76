package wire

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"keliu/streams/desk"
)

// sentences are the errors in the users' words, Chinese and English, by code.
var sentences = map[string][2]string{
	"internal":           {"服务出了点问题，请稍后再试。", "Something went wrong on our side. Please try again later."},
	"not_found":          {"没有找到您要的内容。", "There is nothing here by that name."},
	"forbidden":          {"您没有权限执行此操作。", "You are not allowed to do this."},
	"invalid":            {"请求的内容不正确，请检查后重试。", "The request is not valid. Please check it and try again."},
	"conflict":           {"内容已被更新，请刷新后重试。", "This has changed meanwhile. Please reload and try again."},
	"unavailable":        {"系统暂时繁忙，没有保存任何内容，请稍后重试。", "The service is temporarily unavailable and nothing was saved. Please try again shortly."},
	"not_ready":          {"系统正在启动，请稍候。", "The service is starting. Please wait a moment."},
	"method_not_allowed": {"这个地址不支持该请求方法。", "This address does not take that method."},
	"rate_limited":       {"发送太快了，请稍等片刻再试。", "That was too fast. Please wait a moment and try again."},

	"json_broken":       {"请求不是有效的 JSON，没有任何内容被保存。", "The body is not valid JSON; nothing was saved."},
	"body_too_large":    {"请求内容太大，最多 %d KB。", "The body is too large; at most %d KB."},
	"text_empty":        {"消息不能为空。", "The message is empty."},
	"text_too_long":     {"消息太长了：最多 %d 个字，现在是 %d 个字。", "The message is too long: at most %d characters, this one has %d."},
	"text_control":      {"消息里含有不能显示的控制字符，请删除后再发送。", "The message contains control characters. Please remove them and send it again."},
	"too_many_pictures": {"一条消息最多 %d 张图片。", "A message takes at most %d pictures."},
	"key_too_long":      {"Idempotency-Key 最长 %d 个字节。", "An Idempotency-Key has at most %d bytes."},
	"key_reused":        {"这个 Idempotency-Key 已用于另一条消息，请换一个新的。", "This Idempotency-Key was used for another message. Please use a new one."},
	"parameter":         {"参数 %s 应为 %d 到 %d 之间的整数。", "The parameter %s must be a whole number from %d to %d."},
	"time_parameter":    {"参数 %s 应为 RFC 3339 时间或毫秒时间戳。", "The parameter %s must be an RFC 3339 time or milliseconds since 1970."},
	"step_minutes":      {"参数 step 应为 60 秒的整数倍。", "The parameter step must be a multiple of 60 seconds."},
	"range":             {"时间范围不正确：from 应早于 to，且最多 %d 个步长。", "The range is not valid: from must be before to, with at most %d steps."},
	"choice":            {"参数 %s 只能是：%s。", "The parameter %s must be one of: %s."},
	"metric_unknown":    {"没有指标“%s”，或它出现了两次。", "There is no metric “%s”, or it is named twice."},
	"target_number":     {"指标“%s”的目标和警戒线应为不小于 0 的数。", "The target and the alarm of “%s” must be numbers of 0 or more."},
	"field_control":     {"字段 %s 里含有控制字符。", "The field %s contains control characters."},
	"field_too_long":    {"字段 %s 太长了，最多 %d 个字。", "The field %s is too long; at most %d characters."},

	"token_missing":  {"缺少会话凭证，请先建立会话。", "A session token is missing. Please open a session first."},
	"token_invalid":  {"会话凭证无效，请重新建立会话。", "The session token is not valid. Please open a new session."},
	"token_expired":  {"会话已过期，请重新建立会话。", "The session has expired. Please open a new one."},
	"member_invalid": {"会员登录凭证无效，请重新登录。", "The member token is not valid. Please log in again."},
	"member_expired": {"会员登录已过期，请重新登录。", "The member login has expired. Please log in again."},

	"channel_unknown": {"没有名为“%s”的渠道。", "There is no channel called “%s”."},
	"channel_session": {"渠道“%s”不通过这个接口接收消息。", "The channel “%s” does not take messages here."},
	"hook_off":        {"渠道“%s”没有配置密钥，不接收推送。", "The channel “%s” has no secret set up and takes no webhooks."},
	"hook_forged":     {"推送的签名缺失或不正确，已拒绝。", "The webhook's signature is missing or wrong; it was refused."},
	"hook_app":        {"推送的 client_key 不是本应用的，已拒绝。", "The webhook's client_key is not this app's; it was refused."},
	"hook_unreadable": {"推送的内容不是可以读取的事件 JSON。", "The webhook's body is not an event in JSON."},

	"picture_too_large": {"图片太大，最多 %d MB。", "The picture is too large; at most %d MB."},
	"picture_type":      {"只支持 PNG、JPEG、WebP 和 GIF 图片。", "Only PNG, JPEG, WebP and GIF pictures are supported."},
	"picture_broken":    {"图片已损坏，无法打开。", "The picture is broken and cannot be opened."},
	"picture_unknown":   {"找不到这张图片，请重新上传。", "This picture is not known. Please upload it again."},

	"login_failed":     {"用户名或密码不正确。", "The user name or the password is wrong."},
	"login_needed":     {"请先登录。", "Please log in first."},
	"password_initial": {"这是管理员给的初始密码，请先设置新密码。", "This is the password that an administrator handed out. Please choose a new one first."},
	"password_wrong":   {"当前密码不正确。", "The present password is wrong."},
	"password_weak":    {"新密码至少 %d 个字符，且不能与原密码相同。", "A new password has at least %d characters and is not the old one."},
	"person_exists":    {"用户名“%s”已经有人用了。", "The user name “%s” is taken."},
	"last_admin":       {"至少要保留一位在职的管理员。", "At least one active administrator must remain."},
	"user_name":        {"用户名为 2 到 32 个字符：小写字母、数字、点、下划线和连字符，以字母或数字开头。", "A user name has 2 to 32 characters: small letters, digits, dots, underscores and hyphens, and begins with a letter or digit."},
	"scopes_empty":     {"请至少选择一项授权范围。", "Please choose at least one scope."},
	"scope_unknown":    {"这个岗位没有授权范围“%s”。", "The role has no scope “%s”."},
	"scope":            {"这个密钥没有授权范围“%s”。", "This key does not have the scope “%s”."},
	"person_only":      {"这个操作只能由登录的人员进行，不能使用密钥。", "This is for people who are logged in, not for keys."},
	"role_unknown":     {"没有名为“%s”的岗位。", "There is no role called “%s”."},
	"capacity":         {"同时接待数应为 0 到 %d。", "The capacity must be from 0 to %d."},
	"skill_name":       {"技能“%s”不正确：最多 20 项，每项不超过 30 个字，不含空格。", "The skill “%s” is not valid: at most 20 skills of up to 30 characters without spaces."},
	"team_unknown":     {"没有这个小组：%s。", "There is no such team: %s."},
	"team_exists":      {"已经有名为“%s”的小组。", "There is a team called “%s” already."},
	"field_empty":      {"字段 %s 不能为空。", "The field %s must not be empty."},
	"hours_zone":       {"没有名为“%s”的时区。", "There is no time zone called “%s”."},
	"hours_date":       {"日期“%s”不正确或重复。", "The date “%s” is not valid or comes twice."},
	"hours_week":       {"一周应为七天，从周一开始。", "A week has seven days, Monday first."},
	"hours_days":       {"特殊日期最多 %d 天。", "There can be at most %d special days."},
	"hours_spans":      {"一天最多 %d 个时段。", "A day has at most %d spans."},
	"hours_time":       {"时间“%s”不正确，请写成 09:00 的形式。", "The time “%s” is not valid; write it like 09:00."},
	"hours_order":      {"时段 %s–%s 不正确：结束须晚于开始，各时段按先后排列且不重叠。", "The span %s–%s is not valid: it must end after it begins, and spans follow one another without overlap."},
	"topic_unknown":    {"没有名为“%s”的消息流。", "There is no stream called “%s”."},
	"article_exists":   {"已经有同名的文章《%s》。请选择：存为它的新版本，或另存为一篇新文章。", "There is an article “%s” already. Choose: a new version of it, or an article of its own."},
	"article_as":       {"as 应为 version 或 new。", "The field as must be version or new."},
	"article_parts":    {"一篇文章至少一个段落，最多 %d 个。", "An article has one part at least and %d at most."},
	"part_empty":       {"第 %d 个段落没有正文。", "Part %d has no text."},
	"part_phrasings":   {"一个段落最多 %d 个问法。", "A part has at most %d phrasings."},
	"article_empty":    {"文章没有正文。", "The article has no text."},
	"login_throttled":  {"密码试错次数过多，请在 %d 秒后再试。", "Too many wrong passwords. Please try again in %d seconds."},
	"cross_site":       {"请求来自其他网站，已被拒绝。", "The request comes from another site and was refused."},
	"role":             {"您的角色没有权限：%s", "Your role does not allow this: %s"},
	"word":             {"reason 和 skill 只能是小写英文字母和下划线，例如 solved。", "A reason or a skill is one word of small letters and underscores, such as solved."},
	"status_unknown":   {"状态只能是 online、away 或 offline。", "A status is online, away or offline."},
	"agent_unknown":    {"没有这位同事。", "There is no such colleague."},

	"upload_form":             {"请用 multipart/form-data 上传一个名为 file 的文件。", "Upload one file, called file, as multipart/form-data."},
	"websocket_expected":      {"这个地址只接受 WebSocket 连接。", "This address takes WebSocket connections only."},
	"websocket_version":       {"只支持 WebSocket 第 13 版。", "Only version 13 of the WebSocket protocol is supported."},
	"websocket_key":           {"WebSocket 握手不正确。", "The WebSocket handshake is not valid."},
	"upload_empty":            {"文件 %s 是空的。", "The file %s is empty."},
	"upload_too_large":        {"文件 %s 太大，最多 %d MB。", "The file %s is too large; at most %d MB."},
	"upload_type_unknown":     {"不支持这种文件：%s（%s）。可以上传 md、txt、html、docx、pptx、xlsx、csv、pdf。", "This kind of file is not supported: %s (%s). Upload md, txt, html, docx, pptx, xlsx, csv or pdf."},
	"upload_not_what_it_says": {"文件 %s 的内容其实是 %s，与扩展名不符，已拒绝。", "The file %s really is %s; its content does not match its name."},
	"upload_bomb":             {"文件 %s 解压后过大，疑似压缩炸弹，已拒绝。", "The file %s unpacks to far too much and was refused."},
	"upload_broken":           {"文件 %s 已损坏，无法读取。", "The file %s is broken and cannot be read."},
	"upload_encrypted":        {"文件 %s 已加密，请去掉密码后再上传。", "The file %s is encrypted. Please remove the password and upload it again."},
	"upload_no_text":          {"文件 %s 里没有可以读取的文字。", "There is no readable text in the file %s."},
	"rules_note":              {"请写明发布的原因。", "Please say why this is published."},
	"rules_tests_slow":        {"测试一共用了超过 %d 秒，请精简后再试。", "The tests take longer than %d seconds together; please make them shorter."},
	"rules_tests_failed":      {"有 %d 条测试没有通过。请修正规则或测试；确实要发布，请再次确认。", "%d of the tests fail. Correct the rules or the tests, or confirm once more to publish."},
	"rules_table":             {"例外表已被手工改成别的写法，请直接编辑规则。", "The table of exceptions was rewritten by hand; please edit the rules themselves."},
	"rules_cell":              {"表格里没有这一格，或没有这种做法。", "The table has no such cell, or no such action."},
	"rules_broken":            {"规则无法编译：%s", "The rules do not compile: %s"},
	"audience_unknown":        {"没有名为“%s”的读者范围，只能是 public 或 staff。", "There is no audience called “%s”; it is public or staff."},
	"stage_unknown":           {"没有名为“%s”的会话阶段，只能是 ai、queued、human 或 closed。", "There is no stage called “%s”; it is ai, queued, human or closed."},

	"cursor":             {"参数 cursor 无效，请从第一页重新开始。", "The cursor is not valid. Please begin with the first page."},
	"sort_unknown":       {"没有名为“%s”的排序方式，只能是 urgency 或 updated。", "There is no order called “%s”; it is urgency or updated."},
	"answered_meanwhile": {"另一位同事刚刚已经回复了客户，请先看看再决定是否发送。", "A colleague has just answered this customer. Please look before you send."},
	"agent_away":         {"这位同事现在不在线，仍然要转给他（她）吗？", "This colleague is not there right now. Pass the conversation on all the same?"},
	"agent_full":         {"这位同事接待的会话已满，仍然要转给他（她）吗？", "This colleague has enough conversations already. Pass this one on all the same?"},
	"queue_empty":        {"现在没有您可以接待的排队客户。", "Nobody whom you can serve is waiting right now."},
	"not_yours":          {"这是别人写的，只有本人或管理员可以修改。", "Somebody else wrote this; only they or an administrator may change it."},
	"team_canned":        {"团队快捷回复由管理员维护，您可以保存为自己的快捷回复。", "The team's canned answers are kept by the administrators; you can keep this one as your own."},
	"placeholder":        {"快捷回复里只能使用 {name}、{order}、{agent} 三个占位符，不能使用 %s。", "A canned answer may hold {name}, {order} and {agent}, but not %s."},
	"lang_unknown":       {"没有名为“%s”的语言，只能是 zh 或 en。", "There is no language called “%s”; it is zh or en."},

	"policies_changed_meanwhile": {"规则已被更新：您修改的是 %s，现在生效的是 %s。请刷新后重试。", "The rules have changed meanwhile: you changed %s, and %s is in force. Please reload and try again."},
	"policies_revision_unknown":  {"没有规则版本 %s。", "There is no revision %s of the rules."},
	"audit_without_action":       {"审计记录缺少操作名称。", "An entry of the trail says what was done."},
	"audit_entry_too_large":      {"审计记录太大，最多 %d 字节。", "The entry of the trail is too large; at most %d bytes."},
	"audit_export_large":         {"符合条件的记录超过 %d 条，请缩小时间范围后再导出。", "More than %d entries match; please choose a shorter time."},
	"audit_time_out_of_range":    {"审计记录的时间超出范围。", "The time of the entry of the trail is out of range."},

	"rule_name_empty":     {"请填写名称。", "Please give it a name."},
	"rule_name_long":      {"名称太长了，最多 %d 个字。", "The name is too long; at most %d characters."},
	"rule_name_taken":     {"已有名为“%s”的规则。", "There is a rule called “%s” already."},
	"rule_in_use":         {"活动“%s”正在使用这条规则，请先在活动里去掉它，或停止活动。", "The campaign “%s” uses this rule. Take it out of the campaign or stop that first."},
	"rule_empty":          {"规则里没有要找的词：请在“任一”或“全部”里至少填一个。", "The rule looks for nothing: put at least one phrase into “any” or “all”."},
	"rule_phrase_empty":   {"词不能为空。", "A phrase is empty."},
	"rule_phrase_long":    {"词太长了，最多 %d 个字。", "A phrase is too long; at most %d characters."},
	"rule_phrase_signs":   {"“%s”里只有标点，无法查找。", "“%s” holds only punctuation and cannot be looked for."},
	"rule_phrases_many":   {"一栏最多 %d 个词，现在有 %d 个。请分成几条规则。", "A list takes at most %d phrases, this one has %d. Please make several rules of it."},
	"rule_phrase_twice":   {"“%s”写了不止一次，只算一次。", "“%s” stands there more than once; it counts once."},
	"rule_phrase_pattern": {"“%s”里的符号不是通配符：查找时跳过标点，只找其中的字。", "“%s” is no pattern: signs are skipped and the characters are looked for as they stand."},
	"rule_phrase_blocked": {"“%s”里含有要排除的“%s”，这个词永远不会命中。", "“%s” holds the excluded “%s”; it never matches."},
	"rule_contradiction":  {"“%s”既要出现又要排除，规则永远不会命中。", "“%s” is both wanted and excluded; the rule would never match."},
	"rule_near":           {"“相距”应为 0 到 %d 个字，且“全部”里至少有两个词。", "“near” is 0 to %d characters, with at least two phrases in “all”."},
	"rule_score":          {"分值最高 %d，最低是它的相反数。", "The score is at most %d, and at least minus that."},
	"rule_too_broad":      {"这条规则命中太多：过去一周命中 %d 条评论，一共只有 %d 条。确实要保存，请再次确认。", "This rule finds too much: %d of last week's %d comments. Confirm once more to save it."},
	"reply_long":          {"回复太长了，最多 %d 个字。", "The reply is too long; at most %d characters."},
	"reply_placeholder":   {"回复里只有 {name} 会换成昵称，“%s”会原样发出去，请改掉。", "Only {name} is filled in; “%s” would go out as it stands. Please change it."},
	"reply_link":          {"回复里不能有链接，平台会拦截。", "The reply must not hold a link; platforms block it."},
	"campaign_text":       {"请填写活动的 A 文案。", "Please write the campaign's text A."},
	"campaign_cap":        {"每日上限不能是负数。", "The cap per day cannot be negative."},
	"campaign_times":      {"活动的开始时间应早于结束时间。", "The campaign must start before it ends."},
	"campaign_name_taken": {"已有名为“%s”的活动。", "There is a campaign called “%s” already."},
	"lead_sort_unknown":   {"没有名为“%s”的排序方式，只能是 latest 或 score。", "There is no order called “%s”; it is latest or score."},
	"step_not_allowed":    {"现在不能这样联系客户：%s", "They cannot be contacted like this now: %s"},
	"touch_kind":          {"不能登记“%s”，只能是 opted_out、opted_in、contacted、won 或 lost。", "“%s” cannot be noted; it is opted_out, opted_in, contacted, won or lost."},
}

// Sentence returns the sentence of a code.
func Sentence(lang desk.Lang, code string, args ...any) string {
	pair, known := sentences[code]
	if !known {
		pair = sentences["invalid"]
		args = nil
	}
	text := pair[0]
	if lang == desk.English {
		text = pair[1]
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Half returns the part in one language of a text that says something in Chinese and then in English, as the rules' reasons do.
func Half(lang desk.Lang, text string) string {
	end := 0
	for i, r := range text {
		if unicode.Is(unicode.Han, r) || r == '。' {
			end = i + utf8.RuneLen(r)
		}
	}
	if english := strings.TrimSpace(text[end:]); end == 0 || lang == desk.English && english != "" {
		return english
	}
	return text[:end]
}

// Known reports whether a code has a sentence.
func Known(code string) bool { _, ok := sentences[code]; return ok }

// Package trickle lets people of the demo shop's account live on the simulated platform: comments every now and then, and talks
// in the direct messages.
package trickle

import (
	"context"
	_ "embed" // what people say
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"keliu/infra/simulators/douyin/platform"
)

//go:embed comments.txt
var commentLines string

//go:embed talks.txt
var talkLines string

// Videos are the titles of the videos that the comments stand under.
func Videos() []string {
	return []string{"外酥里嫩！暖川空气炸锅十五分钟烤鸡翅", "养猫人的地板：清屿无线吸尘器实测", "栖光护眼台灯：孩子写作业的光该多亮"}
}

// names are who is on the platform.
var names = strings.Fields(`晚风轻轻吹 小鹿乱撞 西湖边的橘猫 爱做饭的阿强 星河入梦 豆豆妈妈 一杯冰美式 远山如黛 吃货小分队 北方有佳人 蓝莓味的夏天 李姐说装修 阿杰在路上
	糖心蛋黄酥 早睡的夜猫子 广州小王 柠檬不酸 大熊和小鱼 程序员老周 今天也要加油鸭 木木三 夏夜听风 成都胖达 陈师傅电器 三月的雨 奶茶三分糖 山城小辣椒 跑步的阿May 苏苏不吃糖
	老张修车 蒲公英的约定 小满未满 一只特立独行的狗 陌上花开 川妹子在上海 七号院子 毛毛虫变蝴蝶 海边的卡夫卡儿 二胎爸爸日记 青柠`)

// A Comment is what somebody writes under a video.
type Comment struct {
	Video int // 0 is the first
	Text  string
}

// Comments are all that people may comment.
func Comments() ([]Comment, error) {
	var all []Comment
	for line := range strings.Lines(commentLines) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		number, text, _ := strings.Cut(line, " ")
		video, err := strconv.Atoi(number)
		if err != nil || video < 1 || video > len(Videos()) || text == "" {
			return nil, fmt.Errorf("comment %q: write the number of a video and a text", line)
		}
		all = append(all, Comment{video - 1, text})
	}
	return all, nil
}

// Talks are what people may say in the direct messages, a talk each.
func Talks() (all [][]string) {
	var talk []string
	for line := range strings.Lines(talkLines + "\n\n") {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "#"):
		case line != "":
			talk = append(talk, line)
		case len(talk) > 0:
			all, talk = append(all, talk), nil
		}
	}
	return all
}

// A Pace is how often people do something.
type Pace struct {
	First    time.Duration // until the first comment
	Least    time.Duration // between two comments
	Most     time.Duration
	Talk     int           // one comment in so many is followed by a talk
	Thinking time.Duration // between two messages of a talk
}

// Lively is the demo's pace.
func Lively() Pace {
	return Pace{First: 2 * time.Second, Least: 8 * time.Second, Most: 24 * time.Second, Talk: 4, Thinking: 12 * time.Second}
}

// Run lets people comment and write until ctx is done. Each comment and each talk comes once before any comes again.
func Run(ctx context.Context, p *platform.Platform, pace Pace) error {
	comments, err := Comments()
	if err != nil {
		return err
	}
	talks := Talks()
	wait := pace.First
	for round := 0; pause(ctx, wait); round++ {
		if round%len(comments) == 0 {
			rand.Shuffle(len(comments), func(i, j int) { comments[i], comments[j] = comments[j], comments[i] })
		}
		c, who := comments[round%len(comments)], names[rand.IntN(len(names))]
		video := p.Videos()[min(c.Video, len(p.Videos())-1)]
		p.Comment(who, video.ID, c.Text, "")
		if round%pace.Talk == 1 {
			go talk(ctx, p, who, video.ID, talks[round/pace.Talk%len(talks)], pace.Thinking)
		}
		wait = pace.Least + rand.N(pace.Most-pace.Least+1)
	}
	return nil
}

// talk lets somebody open the direct messages and write.
func talk(ctx context.Context, p *platform.Platform, who, video string, lines []string, thinking time.Duration) {
	p.Enter(who, platform.Entry{Scene: "video", Item: video})
	for _, line := range lines {
		if !pause(ctx, thinking) {
			return
		}
		p.Say(who, line)
	}
}

// pause lets time pass and reports whether ctx is still going on.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

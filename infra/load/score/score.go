// Package score measures how fast comments are scored: the keywords of a tenant's rules, what the words say about a purchase, and
// the window of each writer. The reference searches each comment for the same keywords and the words of the same lexicon, one
// after the other.
package score

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"keliu/streams/match"
	"keliu/streams/score"
	"keliu/streams/score/lead"
)

const (
	nouns = "双眼皮 水光针 玻尿酸 热玛吉 植发 种植牙 雅思班 考研课 编程课 钢琴课 粉底液 眼影盘 精华水 防晒霜 口红 面膜 空调 洗衣机 冰箱 " +
		"扫地机 洗碗机 电视 微波炉 净水器 新能源车 越野车 电动车 小龙虾 车厘子 螃蟹 牛排 蛋糕 火锅 奶茶 羽绒服 运动鞋 连衣裙 婴儿车 纸尿裤 奶粉"
	asks = "多少钱 怎么买 链接 有货 优惠 团购 分期 包邮 价格 预约 报名 试听 效果 维修 安装 尺码 颜色 型号 哪家好 推荐 正品 到货 补货 降价 同款"
	says = "这个 真的 我家孩子 老板 请问 姐妹们 昨天刷到 想了好久 终于等到 主播今天说的 上次没抢到 朋友家也有 看着不错 有点心动 " +
		"太贵了 不要 哈哈 路过 周末 一直在关注 谢谢分享 学到了 讲得很清楚 支持一下 先收藏了 北京 广州 春节前 国庆 第一次来"
	comments = 4096
	writers  = 10_000
)

// A Crowd is comments and what they are scored by.
type Crowd struct {
	comments []string
	ids      []string
	names    []int // the writer of each comment
	keywords []string
	lexicon  []string
	reader   *lead.Reader
	windows  [][]score.Window // of each worker and writer; a writer belongs to one worker, as a key does
}

// New makes a thousand keywords and comments of three to eight parts, about 18 characters, every third with a keyword, the same at each call.
func New() (*Crowd, error) {
	c := &Crowd{}
	for _, noun := range strings.Fields(nouns) {
		for _, ask := range strings.Fields(asks) {
			c.keywords = append(c.keywords, noun+ask)
		}
	}
	patterns := make([]match.Pattern, len(c.keywords))
	for i, k := range c.keywords {
		patterns[i] = match.Pattern{ID: i, Text: k}
	}
	var err error
	if c.reader, err = lead.New(patterns...); err != nil {
		return nil, err
	}
	c.lexicon = c.reader.Phrases()
	c.windows = make([][]score.Window, runtime.GOMAXPROCS(0))
	for i := range c.windows {
		c.windows[i] = make([]score.Window, writers)
	}
	random := rand.New(rand.NewPCG(3, 4))
	parts := append(strings.Fields(says), strings.Fields(nouns)...)
	for i := range comments {
		var b strings.Builder
		for range 2 + random.IntN(5) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		if i%3 == 0 {
			b.WriteString(c.keywords[random.IntN(len(c.keywords))])
		}
		c.comments = append(c.comments, b.String()+strings.Fields(says)[random.IntN(30)])
		c.ids = append(c.ids, strconv.Itoa(i))
		c.names = append(c.names, random.IntN(writers))
	}
	return c, nil
}

// What says what is measured.
func (c *Crowd) What() string {
	return fmt.Sprintf("comments by %d keywords, intent and a window for each of %d writers, all processors; "+
		"reference: strings.Contains of the same keywords and the %d phrases of the lexicon", len(c.keywords), writers, len(c.lexicon))
}

// Ours scores comments on all processors for a while and returns how many a second. Windows stay from call to call.
func (c *Crowd) Ours(during time.Duration) float64 {
	began := time.Now().UTC()
	return parallel(during, func(worker, n int) {
		i := n % len(c.comments)
		c.score(&c.windows[worker][c.names[i]], i, began.Add(time.Duration(n)*time.Millisecond))
	})
}

// score takes a comment into the window of its writer.
func (c *Crowd) score(w *score.Window, i int, at time.Time) {
	hits := 0
	g := c.reader.Find(c.comments[i], func(int, int, int) { hits++ })
	w.Add(score.Signal{ID: c.ids[i], Code: "comment", At: at, Lead: g.Lead + float64(hits), Risk: g.Risk, Intent: g.Intent})
}

// Contains searches comments phrase by phrase on all processors for a while and returns how many a second.
func (c *Crowd) Contains(during time.Duration) float64 {
	return parallel(during, func(_, n int) { c.search(n % len(c.comments)) })
}

// search is how many keywords and how many phrases of the lexicon a comment contains.
func (c *Crowd) search(i int) (keywords, phrases int) {
	for _, k := range c.keywords {
		if strings.Contains(c.comments[i], k) {
			keywords++
		}
	}
	for _, p := range c.lexicon {
		if strings.Contains(c.comments[i], p) {
			phrases++
		}
	}
	return keywords, phrases
}

// parallel does something on every processor for a while and returns how often a second it was done.
func parallel(during time.Duration, do func(worker, n int)) float64 {
	workers := runtime.GOMAXPROCS(0)
	done := make([]int, workers)
	var working sync.WaitGroup
	began := time.Now()
	for w := range workers {
		working.Go(func() {
			n := 0
			for ; n%64 != 0 || time.Since(began) < during; n++ {
				do(w, n*workers+w)
			}
			done[w] = n
		})
	}
	working.Wait()
	total := 0
	for _, n := range done {
		total += n
	}
	return float64(total) / time.Since(began).Seconds()
}

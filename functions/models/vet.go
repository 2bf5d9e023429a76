package models

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"keliu/functions/models/openai"
)

// The classes of failures that a scheduler adds to those of package openai.
const (
	unreadable = "unreadable" // hardly a letter
	ungrounded = "ungrounded" // states a figure that no passage holds
)

// vet decides whether an answer may stand as final: in letters people read and without a figure of its own.
func vet(text string, r Request) error {
	letters, visible := 0, 0
	for _, c := range text {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			letters++
		}
		if !unicode.IsSpace(c) {
			visible++
		}
	}
	switch {
	case letters*3 < visible:
		return openai.Fail(unreadable, "hardly a letter in the answer")
	case !grounded(text, r):
		return openai.Fail(ungrounded, "the answer states a figure that no passage holds")
	}
	return nil
}

// A figure is a number that means something to the customer: an amount, a time, a share.
var figure = regexp.MustCompile(`[¥￥$]\s*(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s*(?:[元块天日周月年折%％]|个?工作日|小时|分钟|个月|(?i:yuan|rmb|cny|percent|(?:business |working )?days?\b|hours?\b|minutes?\b|weeks?\b|months?\b|years?\b))`)

// digits are a number anywhere.
var digits = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

// words are the numbers that people write out.
var words = strings.NewReplacer(
	"一", " 1 ", "两", " 2 ", "二", " 2 ", "三", " 3 ", "四", " 4 ", "五", " 5 ", "六", " 6 ", "七", " 7 ", "八", " 8 ", "九", " 9 ", "十", " 10 ",
	"one", " 1 ", "two", " 2 ", "three", " 3 ", "four", " 4 ", "five", " 5 ", "six", " 6 ", "seven", " 7 ", "eight", " 8 ", "nine", " 9 ", "ten", " 10 ",
)

// grounded reports whether every figure of an answer stands in what it was given.
func grounded(text string, r Request) bool {
	claims := figure.FindAllStringSubmatch(text, -1)
	if len(claims) == 0 {
		return true
	}
	given := r.Question
	for _, p := range r.Passages {
		given += "\n" + p.Title + "\n" + p.Heading + "\n" + p.Text
	}
	for _, l := range r.History {
		given += "\n" + l.Text
	}
	known := map[float64]bool{}
	for _, source := range []string{given, words.Replace(strings.ToLower(given))} {
		for _, n := range digits.FindAllString(source, -1) {
			known[value(n)] = true
		}
	}
	for _, claim := range claims {
		if !known[value(claim[1]+claim[2])] {
			return false
		}
	}
	return true
}

// value reads a number that may be grouped by commas.
func value(s string) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil { // beyond what a float holds: no figure of a shop
		return -1
	}
	return n
}

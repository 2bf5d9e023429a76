// Sums up the single points of a bucket by the hour, before it forgets them. An hour that is summed up again replaces itself.
import "date"

option task = {name: "NAME", every: 1h}

start = date.truncate(t: date.sub(d: OLDESTh, from: now()), unit: 1h)
stop = date.truncate(t: date.sub(d: YOUNGESTh, from: now()), unit: 1h)

points = () => from(bucket: "BUCKET") |> range(start: start, stop: stop)

sums = (fn, name) => points()
    |> filter(fn: (r) => r._field == "v")
    |> aggregateWindow(every: 1h, fn: fn, createEmpty: false, timeSrc: "_start")
    |> set(key: "_field", value: name)
    |> to(bucket: "HOURS")

sums(fn: count, name: "count") |> yield(name: "count")
sums(fn: sum, name: "sum") |> yield(name: "sum")
sums(fn: min, name: "min") |> yield(name: "min")
sums(fn: max, name: "max") |> yield(name: "max")

// The latest value, and when it was.
points()
    |> filter(fn: (r) => r._field == "v" or r._field == "at")
    |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")
    |> window(every: 1h)
    |> max(column: "at")
    |> duplicate(column: "_start", as: "_time")
    |> to(bucket: "HOURS", fieldFn: (r) => ({last: r.v, last_at: r.at}))
    |> yield(name: "last")

// How many fell into each bin.
points()
    |> filter(fn: (r) => r._field == "b")
    |> duplicate(column: "_value", as: "bin")
    |> group(columns: ["_time", "_value", "_start", "_stop", "_field"], mode: "except")
    |> window(every: 1h)
    |> count()
    |> map(fn: (r) => ({r with _time: r._start, _field: "b" + string(v: r.bin)}))
    |> drop(columns: ["bin", "_start", "_stop"])
    |> to(bucket: "HOURS")
    |> yield(name: "bins")

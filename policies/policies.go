// Package policies decides what may be done. Rules are Rego, compiled once per revision and swapped atomically; what
// cannot be decided is refused.
package policies

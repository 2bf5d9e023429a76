package catalog

import "keliu/functions/catalog/settings"

// A Config is what the environment says of a house.
type Config = settings.Config

// Settings are the names of the environment, in the order of .env.example.
func Settings() []settings.Setting { return settings.All() }

// FromEnv reads the environment; see settings.FromEnv.
func FromEnv(lookup func(string) (string, bool)) (Config, error) { return settings.FromEnv(lookup) }

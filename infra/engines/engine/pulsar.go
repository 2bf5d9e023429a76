package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"keliu/streams/pulsar/provision"
)

// pulsarVersion is the release of Pulsar that is run.
const pulsarVersion = "4.0.7"

// Pulsar is Apache Pulsar in one process: a broker, its metadata and a bookie.
type Pulsar struct {
	Cache string // where the program is kept
	Data  string // where its records are

	Port, Web  int // of the broker and of its admin interface
	Partitions int // of each topic of the product
}

// Name implements Engine.
func (p Pulsar) Name() string { return "pulsar" }

// Setting implements Engine.
func (p Pulsar) Setting() string {
	return fmt.Sprintf("KELIU_STREAMS=pulsar://%s/keliu/desk", loopback(p.Port))
}

// Admin is its admin interface.
func (p Pulsar) Admin() provision.Admin { return provision.Admin{URL: "http://" + loopback(p.Web)} }

func (p Pulsar) program() string { return filepath.Join(p.Cache, "pulsar-"+pulsarVersion) }

// pom asks Maven for the broker and all that it needs.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>keliu</groupId><artifactId>engines</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.pulsar</groupId><artifactId>pulsar-broker</artifactId><version>` + pulsarVersion + `</version></dependency>
  </dependencies>
</project>
`

// Install implements Engine: Maven fetches the broker's 317 jars.
func (p Pulsar) Install(ctx context.Context, say func(string)) error {
	if err := need(ctx, say, "java", "openjdk-17-jre-headless"); err != nil {
		return err
	}
	return stage(p.program(), func(dir string) error {
		if err := need(ctx, say, "mvn", "maven"); err != nil {
			return err
		}
		say("fetching version " + pulsarVersion + ", 235 MB: up to two minutes")
		if err := os.WriteFile(filepath.Join(dir, "pom.xml"), []byte(pom), 0o644); err != nil {
			return err
		}
		return run(command(ctx, dir, nil, "mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib", "-DincludeScope=runtime"))
	})
}

// options are of the Java machine: little memory, and what the broker reaches into.
func options() []string {
	all := []string{"-Xmx512m", "-XX:MaxDirectMemorySize=512m", "-XX:+UseSerialGC", "-Dio.netty.tryReflectionSetAccessible=true"}
	for _, opened := range []string{
		"java.base/java.nio", "java.base/jdk.internal.misc", "java.base/java.util.zip", "java.base/sun.net",
		"java.management/sun.management", "jdk.management/com.sun.management.internal",
	} {
		all = append(all, "--add-opens", opened+"=ALL-UNNAMED")
	}
	return all
}

// config is the broker's: one of everything, each record on the disk before it is acknowledged. Places of subscriptions are written
// down each second, so that little comes again after a kill.
func (p Pulsar) config() string {
	return strings.Join([]string{
		"zookeeperServers=", "configurationStoreServers=", "metadataStoreUrl=", "configurationMetadataStoreUrl=",
		fmt.Sprintf("brokerServicePort=%d", p.Port), fmt.Sprintf("webServicePort=%d", p.Web),
		"bindAddress=127.0.0.1", "advertisedAddress=127.0.0.1", "clusterName=standalone",
		"managedLedgerDefaultEnsembleSize=1", "managedLedgerDefaultWriteQuorum=1", "managedLedgerDefaultAckQuorum=1",
		"functionsWorkerEnabled=false", "webSocketServiceEnabled=false",
		"loadManagerClassName=org.apache.pulsar.broker.loadbalance.NoopLoadManager",
		"allowAutoTopicCreationType=non-partitioned", "forceDeleteNamespaceAllowed=true",
		"journalSyncData=true", "dbStorage_writeCacheMaxSizeMb=32", "dbStorage_readAheadCacheMaxSizeMb=16",
		"acknowledgmentAtBatchIndexLevelEnabled=true", "managedLedgerCursorPositionFlushSeconds=1", "",
	}, "\n")
}

// logging has the broker say what is wrong, and not each of its steps.
const logging = `<Configuration>
  <Appenders><Console name="out"><PatternLayout pattern="%d{ISO8601} %p %c{1}: %m%n"/></Console></Appenders>
  <Loggers><Root level="warn"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
`

// Command implements Engine.
func (p Pulsar) Command(ctx context.Context) (*exec.Cmd, error) {
	if err := free(ctx, p.Port, p.Web); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(p.Data, 0o755); err != nil {
		return nil, err
	}
	conf, logs := filepath.Join(p.Data, "standalone.conf"), filepath.Join(p.Data, "log4j2.xml")
	if err := errors.Join(os.WriteFile(conf, []byte(p.config()), 0o644), os.WriteFile(logs, []byte(logging), 0o644)); err != nil {
		return nil, err
	}
	args := append(options(), "-Dlog4j.configurationFile="+logs, "-cp", filepath.Join(p.program(), "lib", "*"), "org.apache.pulsar.PulsarStandaloneStarter",
		"--config", conf, "--no-functions-worker", "--no-stream-storage",
		"--zookeeper-dir", filepath.Join(p.Data, "metadata"), "--bookkeeper-dir", filepath.Join(p.Data, "bookkeeper"))
	cmd := exec.Command("java", args...) // lives on when ctx is done
	cmd.Dir = p.Data
	return cmd, nil
}

// keep is how long the product's records are kept once they are handled.
const keep = 30 * 24 * time.Hour

// Ready implements Engine.
func (p Pulsar) Ready(ctx context.Context) error {
	said, err := fetch(ctx, p.Admin().URL+"/admin/v2/brokers/health")
	if err != nil {
		return err
	}
	if said != "ok" {
		return fmt.Errorf("the broker says %q", said)
	}
	return p.Admin().Apply(ctx, provision.Plan{Tenant: "keliu", Namespace: "desk", Partitions: p.Partitions, Retention: keep})
}

// fetch returns what an address answers.
func fetch(ctx context.Context, url string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s answers %s", url, response.Status)
	}
	return string(body), nil
}

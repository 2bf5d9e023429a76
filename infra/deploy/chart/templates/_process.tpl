{{- define "keliu.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "keliu.selector" -}}
app.kubernetes.io/name: keliu
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "keliu.labels" -}}
{{ include "keliu.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{/* Where people come in: edges, or the one process. */}}
{{- define "keliu.front" -}}
{{ ternary "edge" "all" .Values.split.enabled }}
{{- end -}}

{{/* What a process is told. A setting in both the values and the Secret is that of the values. */}}
{{- define "keliu.env" -}}
env:
  - name: KELIU_LISTEN
    value: 0.0.0.0:8080
  - name: KELIU_DATA
    value: /data
  {{- $known := without (regexFindAll "(?m)^KELIU_[A-Z0-9_]+" (.Files.Get "settings.env") -1) "KELIU_LISTEN" "KELIU_DATA" }}
  {{- range $name, $value := .Values.settings }}
  {{- if not (has $name $known) }}
  {{- fail (printf "settings: there is no %s, or it is the chart's own; there are %s" $name (join ", " $known)) }}
  {{- end }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
{{- with .Values.secret }}
envFrom:
  - secretRef:
      name: {{ . }}
{{- end }}
{{- end -}}

{{- define "keliu.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "keliu.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/*
A process of the product in a role. It is a StatefulSet, because each process has a folder of its own that outlives its pod: the
embedded engines, and in any case the audit trail and what waits for the meter. Called with the root, the role, the number of replicas (none where something
else decides), and the resources.
*/}}
{{- define "keliu.process" -}}
{{- $root := .root -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ $root.Release.Name }}-{{ .role }}
  labels:
    {{- include "keliu.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  {{- with .replicas }}
  replicas: {{ . }}
  {{- end }}
  serviceName: {{ $root.Release.Name }}-processes
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      {{- include "keliu.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
  template:
    metadata:
      labels:
        {{- include "keliu.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .role }}
      {{- with $root.Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      automountServiceAccountToken: false
      {{- with $root.Values.serviceAccount }}
      serviceAccountName: {{ . }}
      {{- end }}
      {{- with $root.Values.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "keliu.podSecurity" $root | nindent 8 }}
      terminationGracePeriodSeconds: 45
      {{- with $root.Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if $root.Values.split.enabled }}
      topologySpreadConstraints:
        {{- range $where := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - maxSkew: 1
          topologyKey: {{ $where }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "keliu.selector" $root | nindent 14 }}
              app.kubernetes.io/component: {{ $.role }}
        {{- end }}
      {{- end }}
      containers:
        - name: keliu
          image: {{ include "keliu.image" $root }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args: [serve{{ if ne .role "all" }}, --role, {{ .role }}{{ end }}]
          {{- include "keliu.env" $root | nindent 10 }}
          ports:
            - name: http
              containerPort: 8080
          securityContext:
            {{- include "keliu.containerSecurity" $root | nindent 12 }}
          resources:
            {{- toYaml .resources | nindent 12 }}
          # A start may wait for servers that are not there yet.
          startupProbe:
            httpGet: {path: /healthz, port: http}
            periodSeconds: 5
            failureThreshold: 120
          livenessProbe:
            httpGet: {path: /healthz, port: http}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet: {path: /readyz, port: http}
            periodSeconds: 5
            timeoutSeconds: 3
          lifecycle:
            preStop:
              sleep: {seconds: 5} # until nobody is sent here any more
          volumeMounts:
            - {name: data, mountPath: /data}
            - {name: tmp, mountPath: /tmp}
      volumes:
        - name: tmp
          emptyDir: {}
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        {{- with $root.Values.storage.className }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ $root.Values.storage.size }}
{{- end -}}

#!/usr/bin/env bash
# Starts the broker of docker-compose.yml: configuration with the administrator's password, storage formatted once.
#
# Our own start instead of the image's, which cannot give a new broker its first SCRAM user. The password is never an
# argument of a process and is printed nowhere; the formatter's output holds it and is dropped.
set -euo pipefail
umask 077

home=${QIO_BROKER_HOME:-/opt/kafka}
data=${QIO_BROKER_DATA:-/var/lib/kafka/data}
scratch=${QIO_BROKER_SCRATCH:-/tmp}
password=$(<"${QIO_BROKER_PASSWORD_FILE:-/run/secrets/qio-admin}")
config=$scratch/server.properties

text=$(<"$(dirname "$0")/server.properties")
text=${text//@DATA@/"$data"}
text=${text//@CLIENT_PORT@/"${QIO_BROKER_PORT:-9092}"}
text=${text//@CONTROLLER_PORT@/"${QIO_BROKER_CONTROLLER_PORT:-9093}"}
text=${text//@ADVERTISED@/"${QIO_BROKER_ADVERTISED:-kafka:9092}"}
text=${text//@PASSWORD@/"$password"}
printf '%s\n' "$text" >"$config"

if [[ ! -f $data/meta.properties ]]; then
  # 16 random bytes as Kafka writes ids; without + and / none can begin like an option.
  id=$(head -c 16 /dev/urandom | base64 | tr '+/' 'ab' | cut -c 1-22)
  arguments=$scratch/format.args
  printf '%s\n' -cp "\"$home/libs/*\"" kafka.tools.StorageTool format --cluster-id "$id" \
    --add-scram "\"SCRAM-SHA-512=[name=qio-admin,password=$password]\"" --config "\"$config\"" >"$arguments"
  java "@$arguments" >/dev/null
  rm "$arguments"
fi

exec "$home/bin/kafka-server-start.sh" "$config"

#!/bin/sh
# Run by PostgreSQL's image when it makes its data: a database and a role for each service, with the password that
# the service's own secret has in its address. No role can connect to another's database.
set -e

for service in ${ANJU_SERVICES:?}; do
  address=$(cat "${ANJU_SECRETS:-/run/secrets}/$service-database-url")
  password=${address#*://*:}
  # Not as an argument, which everybody on the machine can see.
  DATABASE_NAME="anju_$service" DATABASE_PASSWORD="${password%%@*}" \
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\getenv name DATABASE_NAME
\getenv password DATABASE_PASSWORD
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
  --command='REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'

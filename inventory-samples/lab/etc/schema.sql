-- The database of the backend: one row of everything that an activity asks for.
-- Run as the role that owns it.
CREATE TABLE instance (id bigint PRIMARY KEY, domain text NOT NULL UNIQUE);
CREATE TABLE local_site (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE federation_blocklist (instance_id bigint PRIMARY KEY);
CREATE TABLE federation_allowlist (instance_id bigint PRIMARY KEY);
CREATE TABLE person (id bigint PRIMARY KEY, actor_id text NOT NULL UNIQUE, banned boolean NOT NULL);
CREATE TABLE community (id bigint PRIMARY KEY, actor_id text NOT NULL UNIQUE, removed boolean NOT NULL);
CREATE TABLE community_follower (community_id bigint, person_id bigint, PRIMARY KEY (community_id, person_id));
CREATE TABLE community_ban (person_id bigint, community_id bigint, PRIMARY KEY (person_id, community_id));
CREATE TABLE community_moderator (community_id bigint, person_id bigint, PRIMARY KEY (community_id, person_id));
CREATE TABLE language (id bigint PRIMARY KEY, code text NOT NULL);
CREATE TABLE post (id bigint PRIMARY KEY, name text NOT NULL, locked boolean NOT NULL);
CREATE TABLE comment (id bigint PRIMARY KEY, post_id bigint NOT NULL, content text NOT NULL);
CREATE TABLE post_aggregates (post_id bigint PRIMARY KEY, score bigint NOT NULL);
CREATE TABLE person_aggregates (person_id bigint PRIMARY KEY, post_score bigint NOT NULL);
CREATE TABLE community_aggregates (community_id bigint PRIMARY KEY, subscribers bigint NOT NULL);
CREATE TABLE site_aggregates (site_id bigint PRIMARY KEY, users bigint NOT NULL);
CREATE TABLE received_activity (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ap_id text NOT NULL UNIQUE,
  published timestamptz NOT NULL DEFAULT now()
);

INSERT INTO instance VALUES (1, 'big.example'), (2, 'small.example');
INSERT INTO local_site VALUES (1, 'small.example');
INSERT INTO person VALUES (1, 'https://big.example/u/author', false);
INSERT INTO community VALUES (1, 'https://small.example/c/community', false);
INSERT INTO community_follower VALUES (1, 1);
INSERT INTO community_moderator VALUES (1, 1);
INSERT INTO language VALUES (1, 'en');
INSERT INTO post VALUES (1, 'A post', false);
INSERT INTO comment VALUES (1, 1, 'A comment');
INSERT INTO post_aggregates VALUES (1, 1);
INSERT INTO person_aggregates VALUES (1, 1);
INSERT INTO community_aggregates VALUES (1, 12000);
INSERT INTO site_aggregates VALUES (1, 12000);

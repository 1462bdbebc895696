namespace NanoFormer.Search.Trials;

/// <summary>The tables of a search in PostgreSQL; README.md explains them to readers.</summary>
internal static class SharedSchema
{
    public const string Create = """
        CREATE TABLE IF NOT EXISTS search (
            name text PRIMARY KEY,
            value text NOT NULL
        );
        CREATE TABLE IF NOT EXISTS trials (
            id integer PRIMARY KEY,
            origin text NOT NULL,
            parent integer REFERENCES trials (id),
            config text NOT NULL,
            image_bytes integer NOT NULL,
            arena_bytes integer NOT NULL,
            macs bigint NOT NULL,
            instructions bigint,
            instructions_counted boolean NOT NULL,
            over_budget text
        );
        CREATE TABLE IF NOT EXISTS trainings (
            trial integer NOT NULL REFERENCES trials (id),
            round integer NOT NULL,
            epochs integer NOT NULL,
            accuracy double precision,
            macro_f1 double precision,
            float_accuracy double precision,
            seconds double precision,       -- null until it has ended
            error text,
            fold integer,
            worker text NOT NULL,           -- who does it, or did
            lease_until timestamptz NOT NULL,
            taken integer NOT NULL DEFAULT 1, -- how many workers took it
            PRIMARY KEY (trial, round)
        );
        CREATE TABLE IF NOT EXISTS weights (
            trial integer PRIMARY KEY REFERENCES trials (id),
            safetensors bytea NOT NULL
        );
        """;
}

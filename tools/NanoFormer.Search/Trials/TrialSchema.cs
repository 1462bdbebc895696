namespace NanoFormer.Search.Trials;

/// <summary>The tables of the file of trials; README.md explains them to readers.</summary>
internal static class TrialSchema
{
    /// <summary>Version of the tables, kept as SQLite's <c>user_version</c>.</summary>
    public const int Version = 3;

    /// <summary>Marks the file as one of a search, as SQLite's <c>application_id</c>: "NFse".</summary>
    public const int ApplicationId = 0x4E467365;

    public const string Create = """
        CREATE TABLE search (
            name TEXT PRIMARY KEY,          -- config, dataset, budget, seed, epochs, validation
            value TEXT NOT NULL
        );
        CREATE TABLE trials (
            id INTEGER PRIMARY KEY,         -- from 1, in the order of proposal
            origin TEXT NOT NULL,           -- given, random, mutation, taught
            parent INTEGER REFERENCES trials (id),
            config TEXT NOT NULL,           -- a whole train.json
            image_bytes INTEGER NOT NULL,
            arena_bytes INTEGER NOT NULL,
            macs INTEGER NOT NULL,
            instructions INTEGER,           -- of a window on a Cortex-M4; null when over budget without them
            instructions_counted INTEGER NOT NULL, -- 1: on the emulated core; 0: estimated, or null
            over_budget TEXT                -- the limit exceeded; null for trials to train
        );
        CREATE TABLE trainings (
            trial INTEGER NOT NULL REFERENCES trials (id),
            round INTEGER NOT NULL,         -- of successive halving, from 0
            epochs INTEGER NOT NULL,
            accuracy REAL,                  -- int8, validation subjects, 0..1; null when the training failed
            macro_f1 REAL,
            float_accuracy REAL,
            seconds REAL NOT NULL,
            error TEXT,                     -- NAME: sentence; null when it did not fail
            fold INTEGER,                   -- of a whole training: the part of the subjects it was judged on, from 0; null for a look
            PRIMARY KEY (trial, round)
        );
        CREATE TABLE weights (
            trial INTEGER PRIMARY KEY REFERENCES trials (id),
            safetensors BLOB NOT NULL       -- float weights of its latest training, for its offspring to start from
        );
        CREATE VIEW results AS              -- trials with the mean of their whole trainings, or else their longest look
            SELECT t.id, t.origin, t.parent, max(r.round) AS round, max(r.epochs) AS epochs, count(r.fold) AS folds,
                   avg(r.accuracy) AS accuracy, avg(r.macro_f1) AS macro_f1, avg(r.float_accuracy) AS float_accuracy,
                   t.image_bytes, t.arena_bytes, t.macs, t.instructions, t.instructions_counted
            FROM trials t JOIN trainings r ON r.trial = t.id AND r.accuracy IS NOT NULL
            WHERE r.fold IS NOT NULL OR r.round =
                (SELECT max(l.round) FROM trainings l WHERE l.trial = t.id AND l.accuracy IS NOT NULL)
            GROUP BY t.id
            ORDER BY folds DESC, round DESC, accuracy DESC;
        """;
}

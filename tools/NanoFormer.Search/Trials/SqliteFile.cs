using Microsoft.Data.Sqlite;

namespace NanoFormer.Search.Trials;

/// <summary>Statements and queries on one SQLite file.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Opens or makes a file.</summary>
    public SqliteFile(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
    }

    public SqliteTransaction BeginTransaction() => _connection.BeginTransaction();

    /// <summary>Runs a statement with values for its parameters; null becomes NULL.</summary>
    public void Execute(string statement, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(statement);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    /// <summary>Every row of a query.</summary>
    public T[] Rows<T>(string query, Func<SqliteDataReader, T> read)
    {
        using var command = Command(query);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return [.. rows];
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string text)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the texts are constants of this assembly; values are parameters
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}

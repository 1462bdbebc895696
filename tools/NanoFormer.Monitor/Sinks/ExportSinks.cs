using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NanoFormer.Files;
using NanoFormer.Logs;
using Parquet;
using Parquet.Schema;

namespace NanoFormer.Monitor.Sinks;

/// <summary>A form in which records are written to a file.</summary>
public static class Exports
{
    /// <summary>The columns of every table: who, when, what, and the fields that recognised windows have; the whole record is the last.</summary>
    internal static readonly string[] Columns =
        ["device", "boot", "line", "seq", "t_ms", "kind", "label", "raw", "conf", "score", "smoothed", "still", "latency_us", "t0_ms", "record"];

    /// <summary>Names of the forms, which are also the endings of files.</summary>
    public static readonly string[] Names = ["csv", "jsonl", "parquet", "sqlite", "teleplot", "plotter"];

    /// <summary>Begins a file; it is written beside, and gets its name at the end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="form">Name of the form; null to tell it by the file's ending.</param>
    /// <exception cref="ArgumentException">The ending tells no form.</exception>
    public static ExportSink Open(string path, string? form) => (form ?? FormOf(path)) switch
    {
        "csv" => new TextExport(path, new CsvLines()),
        "jsonl" => new TextExport(path, new JsonLines()),
        "teleplot" => new TextExport(path, new TeleplotLines()),
        "plotter" => new TextExport(path, new PlotterLines()),
        "parquet" => new ParquetExport(path),
        "sqlite" => new SqliteExport(path),
        _ => throw new ArgumentException($"{path}: the ending names no form; say which with --format {string.Join("|", Names)}."),
    };

    private static string? FormOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => "csv",
        ".jsonl" or ".ndjson" => "jsonl",
        ".parquet" => "parquet",
        ".sqlite" or ".db" or ".sqlite3" => "sqlite",
        ".teleplot" => "teleplot",
        ".plotter" => "plotter",
        _ => null,
    };

    /// <summary>The values of the columns; null where the record has none.</summary>
    internal static object?[] Row(LogRecord record, Boot boot)
    {
        object?[] row = new object?[Columns.Length];
        row[0] = boot.Device.Name;
        row[1] = (long)boot.Number;
        row[2] = record.Line;
        row[3] = record.Sequence;
        row[4] = record.TimeMilliseconds;
        row[5] = record.KindName;
        row[6] = record.String("label"u8);
        row[7] = record.String("raw"u8);
        row[8] = Number(record, "conf"u8);
        row[9] = Number(record, "score"u8);
        row[10] = Number(record, "smoothed"u8);
        row[11] = Number(record, "still"u8);
        row[12] = Number(record, "latency_us"u8);
        row[13] = Number(record, "t0_ms"u8);
        row[14] = Encoding.ASCII.GetString(record.Text);
        return row;
    }

    private static object? Number(LogRecord record, ReadOnlySpan<byte> key) =>
        record.TryGet(key, out var value) && LogRecord.TryNumber(value, out long number) ? number : null;
}

/// <summary>Writes records to a file.</summary>
public abstract class ExportSink : ISessionSink, IDisposable
{
    /// <summary>Starts beside the file.</summary>
    protected ExportSink(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        File.Delete(PartPath);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Records written.</summary>
    public long Records { get; private set; }

    /// <summary>Where it is written until it is whole.</summary>
    protected string PartPath => Path + ".part";

    /// <inheritdoc/>
    public void Take(scoped in LogRecord record, Boot boot)
    {
        Records += Write(record, boot) ? 1 : 0;
    }

    /// <inheritdoc/>
    public virtual void Take(Finding finding)
    {
    }

    /// <inheritdoc/>
    public void End()
    {
        Finish();
        File.Move(PartPath, Path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Writes a record; false when the form has nothing to say of its kind.</summary>
    protected abstract bool Write(LogRecord record, Boot boot);

    /// <summary>Closes the file, whole.</summary>
    protected abstract void Finish();
}

/// <summary>A form of lines.</summary>
internal interface ILineForm
{
    /// <summary>The first line; null without one.</summary>
    string? Head { get; }

    /// <summary>Appends the lines of a record; false when there are none.</summary>
    bool Append(StringBuilder text, LogRecord record, Boot boot);
}

/// <summary>Lines in a file.</summary>
internal sealed class TextExport : ExportSink
{
    private readonly StringBuilder _text = new();
    private readonly ILineForm _form;
    private readonly StreamWriter _writer;

    public TextExport(string path, ILineForm form)
        : base(path)
    {
        _form = form;
        _writer = new StreamWriter(PartPath);
        if (form.Head is { } head)
        {
            _writer.Write(head + "\n");
        }
    }

    protected override bool Write(LogRecord record, Boot boot)
    {
        _text.Clear();
        if (!_form.Append(_text, record, boot))
        {
            return false;
        }

        _writer.Write(_text);
        return true;
    }

    protected override void Finish() => _writer.Dispose();

    protected override void Dispose(bool disposing) => _writer.Dispose();
}

/// <summary>CSV by RFC 4180, one row per record.</summary>
internal sealed class CsvLines : ILineForm
{
    public string? Head => string.Join(',', Exports.Columns);

    public bool Append(StringBuilder text, LogRecord record, Boot boot)
    {
        string separator = "";
        foreach (object? value in Exports.Row(record, boot))
        {
            text.Append(separator).Append(value is string cell ? CsvText.Cell(cell) : Convert.ToString(value, CultureInfo.InvariantCulture));
            separator = ",";
        }

        text.Append('\n');
        return true;
    }
}

/// <summary>One JSON object a record: every field it has, numbers as numbers.</summary>
internal sealed class JsonLines : ILineForm
{
    public string? Head => null;

    public bool Append(StringBuilder text, LogRecord record, Boot boot)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("device", boot.Device.Name);
            json.WriteNumber("boot", boot.Number);
            json.WriteNumber("line", record.Line);
            json.WriteString("kind", record.KindName);
            foreach (var field in record)
            {
                int equals = field.IndexOf((byte)'=');
                var value = field[(equals + 1)..];
                // Hexadecimal values may look like decimal ones.
                if (!field.StartsWith("v="u8) && !field.StartsWith("model_crc="u8) && !field.StartsWith("sensor_id="u8)
                    && !field.StartsWith("dev="u8) && LogRecord.TryNumber(value, out long number))
                {
                    json.WriteNumber(field[..equals], number);
                }
                else
                {
                    json.WriteString(field[..equals], value);
                }
            }

            json.WriteEndObject();
        }

        text.Append(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)).Append('\n');
        return true;
    }
}

/// <summary>Teleplot: <c>&gt;name:timestamp_ms:value§unit|flags</c>.</summary>
internal sealed class TeleplotLines : ILineForm
{
    public string? Head => null;

    public bool Append(StringBuilder text, LogRecord record, Boot boot)
    {
        if (record.Kind != RecordKind.Infer)
        {
            return false;
        }

        var (device, time) = (boot.Device.Name.Replace(':', '_'), record.TimeMilliseconds);
        string line = string.Create(CultureInfo.InvariantCulture,
            $">{device}.conf:{time}:{record.Number("conf"u8)}\n>{device}.latency:{time}:{record.Number("latency_us"u8) / 1000.0:0.###}§ms\n>{device}.label:{time}:{record.String("label"u8)}|t\n");
        text.Append(line);
        if (record.Number("score"u8, -1) is >= 0 and var score)
        {
            text.Append(CultureInfo.InvariantCulture, $">{device}.score:{time}:{score}\n");
        }

        return true;
    }
}

/// <summary>Arduino's serial plotter: <c>label:value</c> parts with commas between.</summary>
internal sealed class PlotterLines : ILineForm
{
    public string? Head => null;

    public bool Append(StringBuilder text, LogRecord record, Boot boot)
    {
        if (record.Kind != RecordKind.Infer)
        {
            return false;
        }

        text.Append(CultureInfo.InvariantCulture, $"conf:{record.Number("conf"u8)},score:{record.Number("score"u8)},latency_ms:{record.Number("latency_us"u8) / 1000.0:0.###}\n");
        return true;
    }
}

/// <summary>A Parquet file, row groups of some thousand records.</summary>
internal sealed class ParquetExport : ExportSink
{
    private const int RowsPerGroup = 50_000;
    private static readonly string[] TextColumns = ["device", "kind", "label", "raw", "record"];

    private readonly DataField[] _fields =
        [.. Exports.Columns.Select(name => TextColumns.Contains(name) ? (DataField)new DataField<string>(name) : new DataField<long?>(name))];

    private readonly List<object?[]> _rows = [];
    private readonly FileStream _file;
    private ParquetWriter? _writer;

    public ParquetExport(string path)
        : base(path)
    {
        _file = File.Create(PartPath);
    }

    protected override bool Write(LogRecord record, Boot boot)
    {
        _rows.Add(Exports.Row(record, boot));
        if (_rows.Count == RowsPerGroup)
        {
            WriteGroup();
        }

        return true;
    }

    protected override void Finish()
    {
        if (_rows.Count > 0 || _writer is null)
        {
            WriteGroup();
        }

        _writer!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }

    protected override void Dispose(bool disposing) => _file.Dispose();

    private void WriteGroup() => WriteGroupAsync().GetAwaiter().GetResult();

    private async Task WriteGroupAsync()
    {
        _writer ??= await ParquetWriter.CreateAsync(new ParquetSchema(_fields), _file);
        using var group = _writer.CreateRowGroup();
        for (int column = 0; column < _fields.Length; column++)
        {
            if (TextColumns.Contains(_fields[column].Name))
            {
                await group.WriteAsync(_fields[column], _rows.Select(row => (string?)row[column]).ToArray());
            }
            else
            {
                await group.WriteAsync<long>(_fields[column], _rows.Select(row => (long?)row[column]).ToArray());
            }
        }

        _rows.Clear();
    }
}

/// <summary>An SQLite file with a table of records and one of findings.</summary>
internal sealed class SqliteExport : ExportSink
{
    private const int RowsPerTransaction = 10_000;
    private static readonly string[] TextColumns = ["device", "kind", "label", "raw", "record"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _insertFinding;
    private SqliteTransaction _transaction;
    private int _pending;

    public SqliteExport(string path)
        : base(path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = PartPath, Pooling = false }.ToString());
        _connection.Open();
        var columns = Exports.Columns.Select(name => $"{name} {(TextColumns.Contains(name) ? "TEXT" : "INTEGER")}");
        Execute($"CREATE TABLE records ({string.Join(", ", columns)})");
        Execute("CREATE TABLE findings (device TEXT, line INTEGER, kind TEXT, weight TEXT, count INTEGER, text TEXT, remedy TEXT)");
        _transaction = _connection.BeginTransaction();
        _insert = Prepare("records", Exports.Columns);
        _insertFinding = Prepare("findings", ["device", "line", "kind", "weight", "count", "text", "remedy"]);
    }

    public override void Take(Finding finding) => Insert(_insertFinding, [finding.Boot?.Device.Name, finding.Line, finding.Kind.ToString(),
        finding.Weight.ToString(), finding.Count, finding.Text, finding.Remedy]);

    protected override bool Write(LogRecord record, Boot boot)
    {
        Insert(_insert, Exports.Row(record, boot));
        return true;
    }

    protected override void Finish()
    {
        _transaction.Commit();
        Execute("CREATE INDEX records_by_time ON records (device, boot, t_ms)");
        _connection.Dispose();
    }

    protected override void Dispose(bool disposing) => _connection.Dispose();

    private void Insert(SqliteCommand command, object?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.Transaction = _transaction;
        command.ExecuteNonQuery();
        if (++_pending == RowsPerTransaction)
        {
            _transaction.Commit();
            _transaction = _connection.BeginTransaction();
            _pending = 0;
        }
    }

    private SqliteCommand Prepare(string table, string[] columns)
    {
        var command = _connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", columns.Select(column => "$" + column))})";
        command.Parameters.AddRange(columns.Select(column => new SqliteParameter("$" + column, null)));
        return command;
    }

    private void Execute(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}

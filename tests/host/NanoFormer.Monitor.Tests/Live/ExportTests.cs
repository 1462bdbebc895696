using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NanoFormer.Logs;
using NanoFormer.Monitor.Sinks;
using NanoFormer.Monitor.Tests.Reading;
using Parquet;
using Parquet.Schema;

namespace NanoFormer.Monitor.Tests.Live;

public sealed class ExportTests : IDisposable
{
    private static readonly string Log = CaseLog.Session(30) + CaseLog.Infer(32, 70_000, "\"a,b\"", 7, " score=9") + CaseLog.Infer(40, 80_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-export").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Csv_has_a_row_for_each_record()
    {
        string[] lines = File.ReadAllLines(Export("a.csv"));

        Assert.Equal(1 + Transcript.Of(Log).Records.Count, lines.Length);
        Assert.Equal("device,boot,line,seq,t_ms,kind,label,raw,conf,score,smoothed,still,latency_us,t0_ms,record", lines[0]);
        Assert.StartsWith("device-1,1,33,32,70000,infer,\"\"\"a,b\"\"\",\"\"\"a,b\"\"\",7,9,0,0,7000,67440,", lines[33], StringComparison.Ordinal);
    }

    /// <summary>A device's label may begin as a formula of a spreadsheet does.</summary>
    [Theory]
    [InlineData("+1")]
    [InlineData("-SUM(A1)")]
    [InlineData("@SUM(A1)")]
    public void No_cell_of_csv_is_a_formula(string label)
    {
        string row = File.ReadAllLines(Export("formula.csv", CaseLog.Session(3) + CaseLog.Infer(5, 70_000, label, 7)))[^1];

        Assert.Contains($",infer,'{label},'{label},7,", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_have_every_field_with_numbers_as_numbers()
    {
        var rows = File.ReadAllLines(Export("a.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.Equal(34, rows.Length);
        Assert.Equal("F5FCDA9E", rows[0].GetProperty("model_crc").GetString());
        Assert.Equal((9, "\"a,b\""), (rows[32].GetProperty("score").GetInt32(), rows[32].GetProperty("label").GetString()));
    }

    [Fact]
    public async Task Parquet_is_read_back_by_its_library()
    {
        await using var reader = await ParquetReader.CreateAsync(Export("a.parquet"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, reader.RowGroupCount);
        Assert.Equal(34, reader.Metadata!.NumRows);
        Assert.Equal(Exports.Columns, reader.Schema.DataFields.Select(field => field.Name));
        using var group = reader.OpenRowGroupReader(0);
        string?[] row = new string?[Exports.Columns.Length];
        for (int i = 0; i < row.Length; i++)
        {
            var field = reader.Schema.DataFields[i];
            row[i] = field.ClrType == typeof(long) ? $"{(await Numbers(group, field))[32]}" : (await Texts(group, field))[32];
        }

        Assert.Equal(["device-1", "1", "33", "32", "70000", "infer", "\"a,b\"", "\"a,b\"", "7", "9", "0", "0", "7000", "67440"], row.Take(14));
        Assert.StartsWith("nf1 infer seq=32 t_ms=70000 label=\"a,b\"", row[14], StringComparison.Ordinal);
        Assert.Null((await Numbers(group, reader.Schema.DataFields[9]))[33]); // no score
    }

    [Fact]
    public void Sqlite_has_records_and_findings()
    {
        using var connection = new SqliteConnection($"Data Source={Export("a.sqlite")};Pooling=False");
        connection.Open();

        Assert.Equal("34", Ask(connection, "SELECT count(*) FROM records"));
        Assert.Equal("21", Ask(connection, "SELECT count(*) FROM records WHERE label = 'SITTING' OR score = 9"));
        Assert.Equal("7", Ask(connection, "SELECT count FROM findings WHERE kind = 'Lost'"));
        Assert.Equal("integer integer text null", Ask(connection,
            "SELECT typeof(a.t_ms) || ' ' || typeof(a.score) || ' ' || typeof(a.label) || ' ' || typeof(b.score) FROM records a, records b WHERE a.seq = 32 AND b.seq = 40"));
    }

    [Fact]
    public void Plotters_get_their_lines()
    {
        Assert.Contains(">device-1.score:70000:9", File.ReadAllLines(Export("a.teleplot")));
        Assert.Contains(">device-1.latency:5000:7§ms", File.ReadAllLines(Export("b.teleplot")));
        Assert.Contains("conf:7,score:9,latency_ms:7", File.ReadAllLines(Export("a.plotter")));
    }

    [Fact]
    public void A_file_gets_its_name_only_when_it_is_whole()
    {
        string path = Path.Combine(_folder, "a.csv");
        using var export = Exports.Open(path, null);
        new SessionReader(export).Feed(CaseLog.Ascii(Log));

        Assert.False(File.Exists(path));
        Assert.Throws<ArgumentException>(() => Exports.Open(Path.Combine(_folder, "a.xyz"), null));
    }

    [Fact]
    public void Lnav_reads_logs_with_the_format_file()
    {
        string format = Path.Combine(_folder, "formats", "nanoformer");
        Directory.CreateDirectory(format);
        LnavFormat.Write(Path.Combine(format, "nanoformer.json"));
        string log = Path.Combine(_folder, "a.log");
        File.WriteAllText(log, CaseLog.Session(30)
            + CaseLog.Line("nf1 gap seq=32 t_ms=90123 cause=nack lost=40 ms=400") + CaseLog.Line("nf1 error seq=33 t_ms=90456 code=nack detail=read value=5"));
        var start = new ProcessStartInfo("lnav", ["-n", "-I", _folder, "-c", ";SELECT label, count(*) AS n, avg(conf) AS mean FROM nanoformer_log WHERE kind = 'infer' GROUP BY label ORDER BY label", "-c", ":write-csv-to -",
            "-c", ";SELECT kind, log_level, log_time FROM nanoformer_log WHERE seq > 31", "-c", ":write-csv-to -", log])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _folder;
        string said;
        try
        {
            using var lnav = Process.Start(start)!;
            said = lnav.StandardOutput.ReadToEnd();
            lnav.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("lnav is not installed (apt-get install lnav)");
            return;
        }

        Assert.Contains("SITTING,20,228", said, StringComparison.Ordinal);
        Assert.Contains("WALKING,10,228", said, StringComparison.Ordinal);
        Assert.Contains("gap,warning,1970-01-01 00:01:30.123", said, StringComparison.Ordinal);
        Assert.Contains("error,error,1970-01-01 00:01:30.456", said, StringComparison.Ordinal);
    }

    private string Export(string name) => Export(name, Log);

    private string Export(string name, string log)
    {
        string path = Path.Combine(_folder, name);
        using var export = Exports.Open(path, null);
        var reader = new SessionReader(export);
        reader.Feed(CaseLog.Ascii(log));
        reader.End();
        return path;
    }

    private static async Task<string?[]> Texts(ParquetRowGroupReader group, DataField field)
    {
        string?[] values = new string?[34];
        await group.ReadAsync(field, values.AsMemory()!);
        return values;
    }

    private static async Task<long?[]> Numbers(ParquetRowGroupReader group, DataField field)
    {
        long?[] values = new long?[34];
        await group.ReadAsync<long>(field, values.AsMemory());
        return values;
    }

    private static string? Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}

using NanoFormer.Data.EdgeImpulse;

namespace NanoFormer.Data.Import;

/// <summary>
/// A form that recordings come in. A new one needs its reader, an entry here, a test, and a line in README.md.
/// </summary>
public sealed class RecordingFormat
{
    private readonly Func<ImportRequest, FindingLog, SampleSpool, IEnumerable<SourceRecording>> _read;

    private RecordingFormat(
        string name,
        string[] extensions,
        string[] options,
        Func<ImportRequest, FindingLog, SampleSpool, IEnumerable<SourceRecording>> read)
    {
        Name = name;
        Extensions = extensions;
        Options = options;
        _read = read;
    }

    /// <summary>Text with a row per sample.</summary>
    public static RecordingFormat Csv { get; } = new("csv", [".csv", ".tsv"], ["*", "--names", "--label", "--subject", "--label-spans", "--span-columns", "--span-unit"], ReadCsv);

    /// <summary>Edge Impulse's data acquisition format, in JSON or CBOR.</summary>
    public static RecordingFormat EdgeImpulse { get; } = new("edge-impulse", [".json", ".cbor"], ["--names", "--hmac-key-file"],
        (request, log, _) => AcquisitionReader.Read(request.Path, request.HmacKey, request.Names, request.Repairs, log));

    /// <summary>A device's serial log with collect records.</summary>
    public static RecordingFormat Log { get; } = new("log", [".log", ".txt"], ["--label", "--subject"], ReadLogs);

    /// <summary>All forms.</summary>
    public static IReadOnlyList<RecordingFormat> All { get; } = [Csv, EdgeImpulse, Log];

    /// <summary>Its name in options.</summary>
    public string Name { get; }

    /// <summary>Extensions of its files.</summary>
    public string[] Extensions { get; }

    /// <summary>Options of <c>data import</c> that apply to it; * for all that describe the columns of text.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>The form of a file, or of the files in a folder.</summary>
    /// <exception cref="DataException"><see cref="DataError.UnknownFormat"/>: it cannot be recognised.</exception>
    public static RecordingFormat Of(string path)
    {
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path];
        var formats = files.Select(file => All.FirstOrDefault(format => format.Extensions.Contains(SourceFiles.ExtensionOf(file))))
            .OfType<RecordingFormat>().Distinct().ToArray();
        return formats.Length == 1
            ? formats[0]
            : throw new DataException(DataError.UnknownFormat,
                $"'{path}' holds files of {(formats.Length == 0 ? "no known kind" : "several kinds")}: say which with --format.");
    }

    /// <summary>Reads the files of this form; what is wrong with them goes to the log.</summary>
    /// <exception cref="DataException">A file is missing or of another form.</exception>
    public IReadOnlyList<SourceRecording> Read(ImportRequest request, FindingLog log, SampleSpool spool) => [.. _read(request, log, spool)];

    private static IEnumerable<SourceRecording> ReadCsv(ImportRequest request, FindingLog log, SampleSpool spool)
    {
        var options = request.Csv ?? throw new DataException(DataError.BadOption, "CSV needs its columns.");
        var files = SourceFiles.Find(request.Path, Csv.Extensions);
        var spans = request.Spans is { } tables ? LabelSpans.Read(tables, files, request.Repairs, log) : null;
        foreach (var (file, name) in files.Where(file => spans?.IsTable(file.Path) is not true))
        {
            var told = request.Names?.Match(name, log);
            var ofFile = options with { Label = told?.Label ?? options.Label, Subject = spans?.SubjectOf(name) ?? told?.Subject ?? options.Subject };
            foreach (var recording in CsvSource.Read(file, name, ofFile, request.Repairs, log, spool, spans?.Of(name)))
            {
                yield return recording;
            }
        }
    }

    private static IEnumerable<SourceRecording> ReadLogs(ImportRequest request, FindingLog log, SampleSpool spool)
    {
        var logs = new CollectLog(request.Repairs, log, request.Label, request.Subject);
        foreach (var (file, name) in SourceFiles.Find(request.Path, Log.Extensions))
        {
            using var bytes = SourceFiles.Open(file);
            foreach (var recording in logs.Read(bytes, name))
            {
                yield return recording;
            }
        }
    }
}

/// <summary>What to import.</summary>
/// <param name="Path">File or folder.</param>
/// <param name="Repairs">Which faults to repair.</param>
public sealed record ImportRequest(string Path, RepairOptions Repairs)
{
    /// <summary>The columns of text; null for other forms.</summary>
    public CsvSourceOptions? Csv { get; init; }

    /// <summary>Tables that tell the labels; null without.</summary>
    public LabelSpanOptions? Spans { get; init; }

    /// <summary>Where file names tell subject and label; null where they do not.</summary>
    public FileNamePattern? Names { get; init; }

    /// <summary>The key to check signatures with; null to leave them unchecked.</summary>
    public string? HmacKey { get; init; }

    /// <summary>The class of what names none; null without.</summary>
    public string? Label { get; init; }

    /// <summary>Who was recorded, where the source does not say; null when nobody knows.</summary>
    public string? Subject { get; init; }
}

namespace NanoFormer.Cli.Commands.Data;

/// <summary>Tells the form of recordings by their files.</summary>
internal static class ImportSource
{
    public static readonly string[] CsvExtensions = [".csv", ".tsv"];
    public static readonly string[] LogExtensions = [".log", ".txt"];

    private const string JsonExtension = ".json";

    /// <summary>The form of a file or of the files in a folder.</summary>
    /// <exception cref="CommandFailure">It cannot be told.</exception>
    public static ImportFormat FormatOf(string path)
    {
        if (File.Exists(Path.Combine(path, "header.json")))
        {
            return ImportFormat.Packed;
        }
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path];
        var formats = files.Select(ByExtension).OfType<ImportFormat>().Distinct().ToArray();
        return formats.Length == 1
            ? formats[0]
            : throw new CommandFailure("UNKNOWN_FORMAT",
                $"'{path}' holds files of {(formats.Length == 0 ? "no known kind" : "several kinds")}: say which with --format.");
    }

    private static ImportFormat? ByExtension(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        var extension when CsvExtensions.Contains(extension) => ImportFormat.Csv,
        var extension when LogExtensions.Contains(extension) => ImportFormat.Log,
        JsonExtension => ImportFormat.EdgeImpulse,
        _ => null,
    };
}

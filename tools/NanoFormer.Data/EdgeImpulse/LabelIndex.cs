using System.Text.Json;
using NanoFormer.Data.Import;
using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>Labels, parts and metadata of the files of a folder.</summary>
internal sealed class LabelIndex
{
    private readonly Dictionary<string, LabelEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads every <c>info.labels</c> in a folder and the folders below it, or beside a file.</summary>
    public LabelIndex(string path)
    {
        string root = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var depth = Directory.Exists(path) ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        string[] files = Directory.Exists(root) ? Directory.GetFiles(root, LabelFile.FileName, depth) : [];
        foreach (string? file in files.Order(StringComparer.Ordinal))
        {
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
            foreach (var entry in Parse(file).Files)
            {
                _entries[folder == "." ? entry.Path : $"{folder}/{entry.Path}"] = entry;
            }
        }
    }

    /// <summary>What is known of a file: by its name's pattern, by <c>info.labels</c>, else by its name up to the first dot.</summary>
    public AcquisitionLabel Find(string name, FileNamePattern? pattern, FindingLog log)
    {
        var byName = pattern?.Match(name, log);
        var entry = _entries.GetValueOrDefault(name);
        var metadata = entry?.Metadata ?? [];
        string label = byName?.Label ?? (entry is null ? Path.GetFileName(name).Split('.')[0] : LabelOf(name, entry));
        return new AcquisitionLabel(
            label,
            byName?.Subject ?? metadata.GetValueOrDefault(AcquisitionLabel.SubjectKey, ""),
            entry?.Category switch { "training" => DatasetSplit.Train, "testing" => DatasetSplit.Test, _ => "" },
            metadata.GetValueOrDefault(AcquisitionLabel.SourceKey, name),
            metadata.GetValueOrDefault(AcquisitionLabel.RecordingKey, name),
            int.TryParse(metadata.GetValueOrDefault(AcquisitionLabel.StartKey), out int start) ? start : 0);
    }

    private static string LabelOf(string name, LabelEntry entry) => entry.Label switch
    {
        null or { Type: "unlabeled" } => "",
        { Type: "label", Label: { } label } => label,
        // The description counts the borders of segments once in samples and once in milliseconds; a guess would shift labels.
        _ => throw new DataException(DataError.UnsupportedLayout,
            $"{name}: labels of the type {entry.Label.Type} are not read: export it with one label a file."),
    };

    private static LabelFile Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<LabelFile>(File.ReadAllBytes(path)) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new DataException(DataError.BadField, $"{path}: {fault.Message.TrimEnd('.')}.", fault);
        }
    }
}

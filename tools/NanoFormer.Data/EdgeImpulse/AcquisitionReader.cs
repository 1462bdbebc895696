using System.Text.Json;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>Reads files in Edge Impulse's data acquisition format, in JSON or CBOR, and the labels beside them.</summary>
public static class AcquisitionReader
{
    /// <summary>
    /// Reads a file, or all of a folder and the folders below it. Files that were exported from one recording are joined again.
    /// </summary>
    /// <param name="path">File or folder.</param>
    /// <param name="key">The project's HMAC key, to check signatures with; null to leave them unchecked.</param>
    /// <param name="pattern">
    /// Where file names tell subject and label; null to go by <c>info.labels</c> and else by the name up to its first dot.
    /// </param>
    /// <param name="repairs">Tells whether readings that are not whole are left out.</param>
    /// <param name="log">Gets what is wrong with readings.</param>
    /// <exception cref="DataException">A file is not an acquisition file, has a wrong signature, or labels that are not read.</exception>
    public static IReadOnlyList<SourceRecording> Read(
        string path, string? key, FileNamePattern? pattern, RepairOptions repairs, FindingLog log)
    {
        var labels = new LabelIndex(path);
        var parts = new List<AcquisitionPart>();
        foreach (var (file, name) in SourceFiles.Find(path, RecordingFormat.EdgeImpulse.Extensions))
        {
            var content = Parse(file, name, key);
            var label = labels.Find(name, pattern, log);
            parts.Add(AcquisitionPart.Of(name, content, label, repairs, log));
        }

        return AcquisitionPart.Join(parts);
    }

    private static AcquisitionContent Parse(string path, string name, string? key)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            var file = AcquisitionContent.Parse(bytes);
            Validate(file, name);
            if (key is not null && file.Protection.Algorithm != "none" && !AcquisitionSignature.IsValid(bytes, file.Signature, key))
            {
                throw new DataException(DataError.BadSignature, $"{name}: was not signed with this key, or was changed since.");
            }

            return file;
        }
        catch (JsonException fault)
        {
            throw new DataException(DataError.BadField, $"{name}: is not a data acquisition file: {fault.Message.TrimEnd('.')}.", fault);
        }
    }

    private static void Validate(AcquisitionContent file, string name)
    {
        string? problem = file switch
        {
            { Protection.Version: not "v1" } => $"version {file.Protection.Version} instead of v1",
            { Protection.Algorithm: not ("HS256" or "none") } => $"signed by {file.Protection.Algorithm} instead of HS256",
            _ when file.Sensors.Count == 0 => "no sensors",
            _ when !(file.IntervalMilliseconds > 0) => "no time between samples: pictures and single readings are not recordings",
            _ => null,
        };
        if (problem is not null)
        {
            throw new DataException(DataError.UnsupportedLayout, $"{name}: {problem}.");
        }
    }
}

using System.CommandLine;
using NanoFormer.Data;
using NanoFormer.Data.Storage;

namespace NanoFormer.Cli.Commands.Data;

/// <summary>The data set a command reads, and the one it writes.</summary>
internal static class DataFolder
{
    public static Argument<string> Argument() => new("FOLDER") { Description = "Folder of a data set." };

    public static Option<string> OutOption() =>
        new("--out") { Description = "Folder to write to; made when it is not there.", Required = true };

    public static Option<bool> ForceOption() => new("--force") { Description = "Replace the data set that --out holds." };

    public static Option<bool> JsonOption() => new("--json") { Description = "Write one JSON object instead of tables." };

    public static Option<int> SeedOption() => new("--seed") { Description = "Seed of the choice.", DefaultValueFactory = _ => 1 };

    public static Option<string?> KeyFileOption() =>
        new("--hmac-key-file") { Description = "File with the HMAC key of the Edge Impulse project." };

    /// <summary>The key in a file, without blanks around it; null when no file is named.</summary>
    public static string? ReadKey(string? file) => file is null ? null : File.ReadAllText(file).Trim();

    /// <summary>The recordings of a set, in one scale a channel, and its name.</summary>
    /// <exception cref="CommandFailure">The set holds windows.</exception>
    public static (string Name, IReadOnlyList<Recording> Recordings) Recordings(string folder)
    {
        var dataset = PackedDataset.Open(folder);
        return dataset.HasWindows
            ? throw new CommandFailure("NO_RECORDINGS", $"'{dataset.Name}' holds windows, not recordings.")
            : (dataset.Name, SignalConversion.ToCommonScale(dataset.ReadRecordings()));
    }

    /// <summary>Writes recordings, once it is clear that the folder may be used.</summary>
    public static void Write(string folder, bool force, string name, IReadOnlyList<Recording> recordings) =>
        DatasetWriter.WriteRecordings(folder, name, recordings, force);

    /// <summary>Makes a folder for files of other tools.</summary>
    /// <exception cref="DataException">It holds something.</exception>
    public static void RequireEmpty(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new DataException(DataError.FolderNotEmpty, $"{folder} holds something already: name another folder.");
        }

        Directory.CreateDirectory(folder);
    }
}

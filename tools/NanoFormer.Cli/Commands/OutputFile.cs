using NanoFormer.Files;

namespace NanoFormer.Cli.Commands;

/// <summary>Files that a command writes into the folder of <c>--out</c>.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file beside its place and moves it there, so that it is never half there.</summary>
    /// <param name="folder">The folder, made if it is not there.</param>
    /// <param name="name">A name that does not leave the folder.</param>
    /// <param name="bytes">What it holds.</param>
    /// <returns>The file as it lies there.</returns>
    /// <exception cref="CommandFailure">BAD_NAME: the name leaves the folder.</exception>
    public static WrittenFile Write(string folder, string name, byte[] bytes)
    {
        if (!FileNames.IsPlain(name))
        {
            throw new CommandFailure("BAD_NAME", $"'{name}' is not a file name; give the model an id of letters, digits and '-'.");
        }

        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name);
        AtomicFile.WriteAllBytes(path, bytes);
        return new WrittenFile(path, bytes.Length);
    }
}

/// <summary>A file that was written.</summary>
/// <param name="Path">Its path, from the folder that the command runs in.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record WrittenFile(string Path, int Bytes);

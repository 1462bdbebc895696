namespace NanoFormer.Cli;

/// <summary>This program, to be started once more.</summary>
internal static class ThisProgram
{
    /// <summary>How it was started: as a host's program or as one of the dotnet command.</summary>
    public static IReadOnlyList<string> Start { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0]]
            : [Environment.ProcessPath!];
}

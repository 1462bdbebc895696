using NanoFormer.Training.SideBySide;

namespace NanoFormer.Cli.Commands;

/// <summary>Ends this program when the one that started it has gone, by whatever way.</summary>
internal static class EndWithInput
{
    /// <summary>Waits for the end of standard input, if that is what the environment asks for. A checkpoint is whole at any time.</summary>
    public static void Watch()
    {
        if (Environment.GetEnvironmentVariable(TrainingProcess.ParentVariable) is null)
        {
            return;
        }

        var input = Console.OpenStandardInput();
        new Thread(() =>
        {
            while (input.ReadByte() >= 0)
            {
            }

            Environment.Exit(StopSignals.ExitCode);
        })
        { IsBackground = true }.Start();
    }
}

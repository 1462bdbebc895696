using System.CommandLine;

namespace NanoFormer.Cli.Commands.Data;

/// <summary><c>data</c>: from recordings, in whatever form they come, to windows that a model is trained on.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Import, inspect, resample, split, window and export recordings.")
    {
        DataImportCommand.Create(),
        DataInspectCommand.Create(),
        DataResampleCommand.Create(),
        DataSplitCommand.Create(),
        DataWindowCommand.Create(),
        DataCalibrationCommand.Create(),
        DataExportCommand.Create(),
    };
}

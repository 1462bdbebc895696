using System.CommandLine;
using NanoFormer.Cli;
using NanoFormer.Cli.Commands;
using NanoFormer.Cli.Commands.Data;
using NanoFormer.Cli.Engines;
using Spectre.Console;

StandardOutput.Watch();
if (Console.IsOutputRedirected)
{
    // Without a terminal there is no width to keep to except the reader's.
    AnsiConsole.Profile.Width = 140;
}

HostEngineLibrary.Locate();

var root = new RootCommand("NanoFormer: int8 transformers on microcontrollers, from motion to log line.")
{
    DemoCommand.Create(),
    NewCommand.Create(),
    TrainCommand.Create(),
    PersonalizeCommand.Create(),
    SearchCommand.Create(),
    EvaluateCommand.Create(),
    InspectCommand.Create(),
    PackCommand.Create(),
    BenchCommand.Create(),
    NfprojCommand.Create(),
    FlashCommand.Create(),
    ExportCommand.Create(),
    ImportCommand.Create(),
    DataCommand.Create(),
    MonitorCommand.Create(),
    EnergyCommand.Create(),
    DutCommand.Create(),
    BenchmarkDeviceCommand.Create(),
};

return CommandFailure.Guard(() => root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));

using System.CommandLine;
using NanoFormer.Cli;
using NanoFormer.Cli.Commands;

var root = new RootCommand("NanoFormer: int8 transformers on microcontrollers, from motion to log line.")
{
    DemoCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    InspectCommand.Create(),
    BenchCommand.Create(),
};

return CommandFailure.Guard(() => root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));

using System.CommandLine;
using NanoFormer.Cli.Models;
using NanoFormer.Cli.Reports;
using NanoFormer.Flash;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Commands;

/// <summary><c>flash</c>: writes firmware, model and application to a board with nanoff, and reads the boot record back.</summary>
internal static class FlashCommand
{
    private static readonly string TableFolder = Path.Combine("build", "flash");

    private static readonly Option<string> Board = new("--board")
    {
        Required = true,
        Description = $"One of {string.Join(", ", BoardCatalog.Shipped.Boards.Select(board => board.Id))}.",
    };

    private static readonly Option<string> Model = new("--model")
    {
        Required = true,
        Description = $"A model image, or a folder that holds {ModelFile.ImageName}.",
    };

    private static readonly Option<string> Application = new("--app")
    {
        Required = true,
        Description = "The .bin file of a nanoFramework application, or the folder of its project.",
    };

    private static readonly Option<string?> Firmware = new("--clr")
    {
        Description = "nanoCLR.bin with the engine (nfproj/CUSTOM-CLR.md); without it, the board has it already.",
    };

    private static readonly Option<int?> FlashSize = new("--flash-size") { Description = "MB of flash; default: the board's usual size." };

    private static readonly Option<ModelStrategy?> Strategy = new("--strategy")
    {
        Description = "Where the model lives: its own partition, an address, linked into the CLR, or a resource of the application.",
    };

    private static readonly Option<string?> Table = new("--table")
    {
        Description = "A partition table of your own, in the form of those in nfproj/partitions.",
    };

    private static readonly Option<string?> Port = new("--port") { Description = "Serial port of an ESP32, such as COM3 or /dev/ttyUSB0." };

    private static readonly Option<string?> LogPort = new("--log-port")
    {
        Description = "Serial port that the board's log arrives at; with it the boot record is read back.",
    };

    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "Seconds to wait for the boot record.",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check and show the commands, but run none." };

    private static readonly Option<bool> Json = new("--json") { Description = "Write one JSON object." };

    public static Command Create()
    {
        var command = new Command("flash", "Write a model and an application to a board, and read its boot record back.")
        {
            Board, Model, Application, Firmware, FlashSize, Strategy, Table, Port, LogPort, Timeout, DryRun, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        bool json = parse.GetValue(Json);
        if (parse.GetValue(Timeout) is < 1 or > 86_400)
        {
            throw new CommandFailure("BAD_OPTION", "--timeout must lie between 1 and 86400 seconds.");
        }

        SerialPortName.Check(parse.GetValue(Port), parse.GetValue(LogPort));
        var plan = FlashPlanner.Plan(Request(parse), TableFolder);
        var nanoff = parse.GetValue(DryRun) ? null : RequireFlasher(plan);
        if (!json)
        {
            WriteLines(FlashPlanText.Lines(plan));
        }

        var boot = nanoff is null ? null : Flash(plan, nanoff, parse, json);
        if (json)
        {
            JsonOutput.Write(FlashReport.Of(plan, isDryRun: nanoff is null, boot));
        }

        return 0;
    }

    private static Nanoff RequireFlasher(FlashPlan plan)
    {
        FlashRun.RequirePort(plan.Request);
        return Nanoff.Find();
    }

    private static FlashRequest Request(ParseResult parse)
    {
        var board = BoardCatalog.Shipped.Find(parse.GetRequiredValue(Board));
        var layout = board.Layout(parse.GetValue(FlashSize));
        var model = ModelFile.Load(parse.GetRequiredValue(Model));
        return new FlashRequest(
            board,
            layout,
            parse.GetValue(Table) is { } file
                ? PartitionTable.Parse(file, System.Text.Encoding.UTF8.GetString(FlashFile.Read(file).Bytes))
                : PartitionTable.Shipped(layout.Table),
            board.Strategy(parse.GetValue(Strategy)),
            ModelToFlash.Of(new FlashFile(model.Path, model.Image)),
            ApplicationFile.Read(parse.GetRequiredValue(Application)),
            parse.GetValue(Firmware) is { } firmware ? FlashFile.Read(firmware) : null,
            parse.GetValue(Port));
    }

    private static BootReport? Flash(FlashPlan plan, Nanoff nanoff, ParseResult parse, bool json)
    {
        using var log = parse.GetValue(LogPort) is { } port
            ? new BoardLog(new SerialSource(port, SerialSource.LogBaudRate), Console.Error.WriteLine)
            : null;
        FlashRun.Write(plan, nanoff, json ? Console.Error : null);
        long written = Environment.TickCount64;
        if (log is null)
        {
            Console.Error.WriteLine("Written, but not verified: name the log's serial port with --log-port to read the boot record back.");
            return null;
        }

        Console.Error.WriteLine("Waiting for the boot record; press the board's reset button if it does not come.");
        var boot = FlashRun.Verify(plan, written, log.Lines(TimeSpan.FromSeconds(parse.GetValue(Timeout))));
        foreach (string warning in boot.Warnings)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }

        if (!json)
        {
            Console.Out.WriteLine(
                $"started   {boot.Firmware}, model {boot.Model} ({boot.ModelCrc32}), self-test {boot.SelfTest}, sensor {boot.Sensor}");
            Console.Out.WriteLine(
                $"device    {boot.Device ?? "without an id"}, nanoCLR {boot.Clr ?? "unknown"}, engine {boot.Engine ?? "unknown"}");
        }

        return boot;
    }

    // Not through Spectre.Console, which would break the commands into lines of the terminal's width.
    private static void WriteLines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.Out.WriteLine(line);
        }
    }
}

using System.CommandLine;
using NanoFormer.Board;
using NanoFormer.Cli.Monitor;
using NanoFormer.Cli.Reports;
using NanoFormer.Logs;
using NanoFormer.Monitor;
using NanoFormer.Monitor.Live;
using NanoFormer.Monitor.Sinks;
using NanoFormer.Monitor.Sources;
using NanoFormer.Monitor.Web;

namespace NanoFormer.Cli.Commands;

/// <summary><c>monitor</c>: reads devices' logs from ports, files and sockets, and shows what they do and what is wrong.</summary>
internal static class MonitorCommand
{
    /// <summary>Records or samples are missing or doubtful.</summary>
    private const int LossExit = 2;

    /// <summary>A device reports an error or an alarm of its machine, runs another model, or sends no text.</summary>
    private const int ErrorExit = 3;

    /// <summary>An alert was raised.</summary>
    private const int AlertExit = 4;

    private static readonly Argument<string[]> Words = new("SOURCE")
    {
        Description = "Serial ports, files, folders of logs, tcp://HOST:PORT, or - for standard input; default: the port plugged in last.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> List = new("--list") { Description = "List the serial ports, the newest first." };

    private static readonly Option<int> Baud = new("--baud")
    {
        Description = "Baud rate of ports.",
        DefaultValueFactory = _ => SerialSource.LogBaudRate,
    };

    private static readonly Option<double?> Speed = new("--speed")
    {
        Description = "Replay files at n times the recorded pace; without it they are read at once.",
    };

    private static readonly Option<string?> Keep = new("--session")
    {
        Description = "File for the bytes of a port or socket, with their times in a second file; of several, a file each; default: below build/sessions.",
    };

    private static readonly Option<bool> KeepNot = new("--no-session") { Description = "Keep no session file." };

    private static readonly Option<string?> Filter = new("--filter")
    {
        Description = "Show the records for which a condition holds, such as 'kind=infer and conf<128'.",
    };

    private static readonly Option<string?> Alert = new("--alert")
    {
        Description = "Raise an alert when a condition begins to hold for a device, such as 'label=FALL or score>200'.",
    };

    private static readonly Option<string?> Command = new("--exec")
    {
        Description = "With --alert: a command for the shell; the record is in its environment as NF_DEVICE, NF_LABEL, NF_SCORE, ...",
    };

    private static readonly Option<string?> Model = new("--model")
    {
        Description = "The image, or folder of a model, that devices should have; default: the shipped model of the same name.",
    };

    private static readonly Option<string> Power = new("--board")
    {
        Description = "The board whose currents are used to estimate charge.",
        DefaultValueFactory = _ => PowerFigures.Shipped.Boards[0].Id,
    };

    private static readonly Option<string[]> Export = ListOption.Of("--export",
        "File to write the records to: .csv, .jsonl, .parquet, .sqlite, .teleplot, .plotter.");

    private static readonly Option<string?> Format = new("--format") { Description = "Form of --export where the ending does not tell." };

    private static readonly Option<string?> Lnav = new("--lnav") { Description = "Write lnav's format file for these logs to a file, and end." };

    private static readonly Option<int?> Web = new("--web")
    {
        Description = "Show it all on a page, at http://127.0.0.1:PORT; default port: 8642.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> WebAddress = new("--web-address")
    {
        Description = "Address that the page listens at; for any but loopback its URL carries a token.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<bool> Plain = new("--plain") { Description = "Lines instead of a live table." };

    private static readonly Option<bool> Json = new("--json") { Description = "Write the summary as one JSON object at the end, and nothing else." };

    public static Command Create()
    {
        Format.AcceptOnlyFromAmong(Exports.Names);
        Power.AcceptOnlyFromAmong([.. PowerFigures.Shipped.Boards.Select(board => board.Id)]);
        var command = new Command("monitor", "Read devices' logs from a port, a file or a socket: what they do, and what is wrong.")
        {
            Words, List, Baud, Speed, Keep, KeepNot, Filter, Alert, Command, Model, Power, Export, Format, Lnav, Web, WebAddress, Plain, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        if (parse.GetValue(List))
        {
            return ListPorts(parse.GetValue(Json));
        }

        if (parse.GetValue(Lnav) is { } formatFile)
        {
            LnavFormat.Write(formatFile);
            Console.Out.WriteLine($"written to {formatFile}; lnav takes it with: lnav -i {formatFile}");
            return 0;
        }

        using var signals = new StopSignals();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var sources = SourcesOf(parse);
        using var sessions = SessionsOf(parse, sources);
        var live = new LiveSession(PowerFigures.Shipped.Board(parse.GetRequiredValue(Power)), new ShippedModels(parse.GetValue(Model)));
        bool json = parse.GetValue(Json);
        bool isScreen = !json && !parse.GetValue(Plain) && !Console.IsOutputRedirected && !Console.IsInputRedirected
            && sources.Any(source => source.IsLive || source is ReplaySource);
        var filter = parse.GetValue(Filter) is { } condition ? ConditionOf(condition) : null;
        var lines = new PlainLines(Console.Out, filter, showRecords: !json && !isScreen && (filter is not null || sources.Any(IsPaced)), showFindings: !json && !isScreen);
        var alerts = AlertsOf(parse, lines);
        ExportSink[] exports = [.. parse.GetRequiredValue(Export).Select(path => OpenExport(path, parse.GetValue(Format)))];
        ISessionSink[] sinks = [live, lines, .. exports, .. alerts is null ? [] : new ISessionSink[] { alerts }];
        if (sessions is not null && !json)
        {
            Console.Error.WriteLine($"keeping the bytes in {string.Join(", ", sessions.Paths)}");
        }

        var reader = new SourceReader(new SinkList(sinks), sessions);
        using var page = PageOf(parse, live, sources);
        if (isScreen)
        {
            Screen(reader, sources, live, sessions, end);
        }
        else
        {
            reader.Run(sources, end.Token);
        }

        if (page is not null && !signals.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("all is read; the page stays until Ctrl-C");
            signals.Token.WaitHandle.WaitOne();
        }

        foreach (var export in exports)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"{export.Records} records written to {export.Path}"));
            export.Dispose();
        }

        var summary = MonitorSummary.Of(live, reader, alerts?.Raised);
        if (json)
        {
            JsonOutput.Write(summary);
        }
        else
        {
            MonitorReport.Draw(summary);
        }

        return ExitOf(live, alerts);
    }

    private static int ExitOf(LiveSession live, Alerts? alerts) => alerts?.Raised > 0 ? AlertExit : live.Worst switch
    {
        FindingWeight.Error => ErrorExit,
        FindingWeight.Warning when live.Groups.Any(group => group.First is { Weight: FindingWeight.Warning, Kind: not FindingKind.Connection }) => LossExit,
        _ => 0,
    };

    private static bool IsPaced(ISource source) => source.IsLive || source is ReplaySource;

    private static IReadOnlyList<ISource> SourcesOf(ParseResult parse)
    {
        double? speed = parse.GetValue(Speed);
        if (speed is { } pace && !(pace > 0 && double.IsFinite(pace)))
        {
            throw new CommandFailure("BAD_OPTION", "--speed is how many times as fast as recorded: above 0.");
        }

        if (parse.GetValue(Baud) <= 0)
        {
            throw new CommandFailure("BAD_OPTION", "--baud is a rate in bits per second, such as 115200.");
        }

        if (parse.GetValue(Command) is not null && parse.GetValue(Alert) is null)
        {
            throw new CommandFailure("BAD_OPTION", "--exec runs on an alert: say when with --alert.");
        }

        return SourceList.Of(parse.GetValue(Words) ?? [], parse.GetValue(Baud), speed);
    }

    private static SessionFiles? SessionsOf(ParseResult parse, IReadOnlyList<ISource> sources)
    {
        if (parse.GetValue(KeepNot) || !sources.Any(source => source.IsLive))
        {
            return null;
        }

        return new SessionFiles(sources, parse.GetValue(Keep)
            ?? Path.Combine("build", "sessions", FormattableString.Invariant($"{DateTime.Now:yyyy-MM-ddTHH-mm-ss}.log")));
    }

    private static Condition ConditionOf(string text)
    {
        try
        {
            return Condition.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new CommandFailure("BAD_CONDITION", exception.Message);
        }
    }

    private static Alerts? AlertsOf(ParseResult parse, PlainLines lines) => parse.GetValue(Alert) is { } text
        ? new Alerts(ConditionOf(text), parse.GetValue(Command), lines.Tell)
        : null;

    private static ExportSink OpenExport(string path, string? form)
    {
        try
        {
            return Exports.Open(path, form);
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailure("BAD_OPTION", exception.Message);
        }
    }

    private static LivePage? PageOf(ParseResult parse, LiveSession live, IReadOnlyList<ISource> sources)
    {
        if (parse.GetResult(Web) is null)
        {
            return null;
        }

        var page = new LivePage(live, sources.OfType<ReplaySource>().FirstOrDefault(), parse.GetRequiredValue(WebAddress), parse.GetValue(Web) ?? LivePage.UsualPort);
        Console.Error.WriteLine($"the page is at {page.Url}");
        return page;
    }

    private static void Screen(SourceReader reader, IReadOnlyList<ISource> sources, LiveSession live, SessionFiles? sessions, CancellationTokenSource end)
    {
        var reading = Task.Run(() => reader.Run(sources, end.Token));
        new MonitorScreen(live, sessions).Run(() => reading.IsCompleted, end);
        end.Cancel();
        reading.GetAwaiter().GetResult();
    }

    private static int ListPorts(bool json)
    {
        var ports = SerialPorts.All();
        if (json)
        {
            JsonOutput.Write(ports.Select(port => new { port.Port, port.Id }));
            return 0;
        }

        foreach (var (port, id) in ports)
        {
            Console.Out.WriteLine(id is null ? port : $"{port}  {id}");
        }

        if (ports.Count == 0)
        {
            Console.Out.WriteLine("no serial port; plug the cable in, and see that it carries data and not only power");
        }

        return 0;
    }
}

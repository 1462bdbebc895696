using System.CommandLine;
using System.Globalization;
using NanoFormer.Board;
using NanoFormer.Cli.Energy;
using NanoFormer.Cli.Reports;
using NanoFormer.Energy;
using NanoFormer.Energy.Figures;
using NanoFormer.Energy.Live;
using NanoFormer.Energy.Traces;
using NanoFormer.Files;

namespace NanoFormer.Cli.Commands;

/// <summary><c>energy</c>: energy per inference, measured, out of a recording of an instrument.</summary>
internal static class EnergyCommand
{
    private const int ProgressSteps = 1000;

    private static readonly Argument<string> TracePath = new("TRACE")
    {
        Description = "Recording: PPK2 (.csv, .ppk2), Joulescope (.csv, .jls), LPM01A, Otii's JSON, or any table with time, current and perhaps voltage. With --live, the file to record to.",
    };

    private static readonly Option<double?> Voltage = new("--voltage") { Description = "Supply in volts, where the trace holds currents alone." };

    private static readonly Option<double> VoltagePercent = new("--voltage-accuracy")
    {
        Description = "Limit of that voltage's error in percent.",
    };

    private static readonly Option<string?> Marker = new("--marker")
    {
        Description = "Input that the marker is wired to, D0 to D15; without it, inferences are found by --log, otherwise by their shape.",
    };

    private static readonly Option<string[]> Phase = ListOption.Of("--phase", "Another phase and its input, such as managed=D1; what it marks is no idle.");

    private static readonly Option<string> Edges = new("--edges")
    {
        Description = "level: high during an inference; falling, rising: an edge before the first and after the last of a run (MLPerf Tiny).",
        DefaultValueFactory = _ => "level",
    };

    private static readonly Option<int> PerSegment = new("--inferences")
    {
        Description = "Inferences in a run between two edges.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Log = new("--log")
    {
        Description = "The device's log of the same time: its inferences are looked for in the trace, and its clock is fitted to the trace's.",
    };

    private static readonly Option<string?> Columns = new("--columns")
    {
        Description = "What columns hold, such as time=1,current=I:mA,voltage=3,D0=4: names of the header or numbers from 1, units s ms us ns, A mA uA nA, V mV, W mW uW.",
    };

    private static readonly Option<double?> Rate = new("--rate") { Description = "Samples per second, where the trace has no times." };

    private static readonly Option<double> TimeScale = new("--time-scale")
    {
        Description = "True seconds in a second of the trace, where its time is known to be wrong.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double?> Duration = new("--duration") { Description = "Seconds that the recording took by another clock, to check the trace's time." };

    private static readonly Option<double?> Guard = new("--guard") { Description = "Microseconds around the marker that count too, against a marker that is late." };

    private static readonly Option<double?> Idle = new("--idle") { Description = "Idle power in microwatts to subtract, instead of that between the inferences." };

    private static readonly Option<string?> InstrumentId = new("--instrument") { Description = "Instrument, for its accuracy." };

    private static readonly Option<string?> Live = new("--live") { Description = "Record first: serial port of the instrument that --instrument names, which supplies the device with --voltage." };

    private static readonly Option<double> Seconds = new("--seconds") { Description = "With --live, how long; Ctrl+C ends it earlier.", DefaultValueFactory = _ => 60 };

    private static readonly Option<double?> Accuracy = new("--accuracy") { Description = "Limit of the instrument's error in percent of the reading, by its data sheet or calibration." };

    private static readonly Option<double> Target = new("--target")
    {
        Description = "Wanted half-width of the 95 % interval in percent, for the number of inferences it needs.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string[]> Condition = ListOption.Of("--condition", "A condition for the report, such as 'clock=160 MHz' or 'temperature=23 C'.");

    private static readonly Option<string?> Estimate = new("--estimate")
    {
        Description = "What to show beside the measurement: a model's folder, whose card has an estimate for --board, or microjoules per inference.",
    };

    private static readonly Option<string?> BoardOption = new("--board")
    {
        Description = "With --estimate: the board that was measured, such as stm32l4r5.",
    };

    private static readonly Option<string?> Calibrate = new("--calibrate")
    {
        Description = "Board whose current while inferring is replaced by the measured one, in the table behind every estimate.",
    };

    private static readonly Option<string?> Html = new("--html") { Description = "File for the report as one page that needs no other." };

    private static readonly Option<bool> Json = new("--json") { Description = "Write the result as one JSON object." };

    public static Command Create()
    {
        Edges.AcceptOnlyFromAmong("level", "falling", "rising");
        InstrumentId.AcceptOnlyFromAmong([.. Instrument.Known.Select(instrument => instrument.Id).Union(LiveSource.Kinds)]);
        Calibrate.AcceptOnlyFromAmong([.. PowerFigures.Shipped.Boards.Select(board => board.Id)]);
        var command = new Command("energy", "Measure the energy per inference in a recording of current or power, with its uncertainty.")
        {
            TracePath, Voltage, VoltagePercent, Marker, Phase, Edges, PerSegment, Log, Columns, Rate, TimeScale, Duration, Guard, Idle,
            Live, Seconds, InstrumentId, Accuracy, Target, Condition, Estimate, BoardOption, Calibrate, Html, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        string path = parse.GetRequiredValue(TracePath);
        var instrument = Instrument.Known.FirstOrDefault(known => known.Id == parse.GetValue(InstrumentId));
        var settings = new MeasurementSettings
        {
            Trace = new TraceOptions
            {
                Voltage = parse.GetValue(Voltage),
                Columns = parse.GetValue(Columns),
                Rate = parse.GetValue(Rate),
                TimeScale = parse.GetValue(TimeScale),
            },
            Marker = parse.GetValue(Marker) is { } pin ? PinOf(pin) : null,
            Phases = [.. parse.GetRequiredValue(Phase).Select(PhaseOf)],
            Edges = Enum.Parse<MarkerEdges>(parse.GetRequiredValue(Edges), ignoreCase: true),
            LogPath = parse.GetValue(Log),
            PerSegment = AtLeast(parse.GetValue(PerSegment), 1, "--inferences"),
            GuardSeconds = NotNegative(parse.GetValue(Guard), "--guard") / 1e6,
            IdleWatts = NotNegative(parse.GetValue(Idle), "--idle") / 1e6,
            DurationSeconds = NotNegative(parse.GetValue(Duration), "--duration"),
            GainPercent = NotNegative(parse.GetValue(Accuracy), "--accuracy") ?? instrument?.GainPercent,
            VoltagePercent = NotNegative(parse.GetValue(VoltagePercent), "--voltage-accuracy")!.Value,
            TargetPercent = parse.GetValue(Target) is > 0 and var target ? target : throw new CommandFailure("BAD_OPTION", "--target is a percentage above 0."),
        };
        var recorded = parse.GetValue(Live) is { } port ? Record(parse, port, path) : [];
        var measurement = Progress.Run("reading the trace", ProgressSteps, parse.GetValue(Json), step => Measurement.Of(path, settings, done => step((int)(done * ProgressSteps))));
        var report = new EnergyReport(path, settings, measurement, instrument, parse.GetRequiredValue(Condition), CardEstimate.Microjoules(parse.GetValue(Estimate), parse.GetValue(BoardOption)));
        foreach (var finding in recorded)
        {
            Console.Error.WriteLine($"{finding.Name}: {finding.Text}");
        }

        if (parse.GetValue(Json))
        {
            JsonOutput.Write(report.Json());
        }
        else
        {
            report.Draw();
        }

        if (parse.GetValue(Html) is { } page)
        {
            AtomicFile.WriteAllText(page, EnergyPage.Text(report));
        }

        if (parse.GetValue(Calibrate) is { } board)
        {
            string written = Calibration.Write(Calibration.TablePath(), board, report);
            Console.Error.WriteLine(written);
        }

        return 0;
    }

    private static IReadOnlyList<TraceFinding> Record(ParseResult parse, string port, string path)
    {
        if (parse.GetValue(InstrumentId) is not { } kind || parse.GetValue(Voltage) is not { } volts || !(parse.GetValue(Seconds) is > 0 and < 1e6 and var seconds))
        {
            throw new CommandFailure("BAD_OPTION", $"--live needs --instrument ({string.Join(", ", LiveSource.Kinds)}), --voltage and --seconds above 0.");
        }

        using var source = LiveSource.Open(kind, port, volts);
        using var signals = new StopSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        return Progress.Run("recording", ProgressSteps, parse.GetValue(Json), step => source.Record(path, stop.Token, done =>
        {
            step((int)(done / seconds * ProgressSteps));
            if (done >= seconds)
            {
                stop.Cancel();
            }
        }));
    }

    private static MarkedPhase PhaseOf(string text) => text.Split('=') is [{ Length: > 0 } name, var pin]
        ? new MarkedPhase(name, PinOf(pin))
        : throw new CommandFailure("BAD_OPTION", $"--phase {text}: a phase is a name and an input, such as managed=D1.");

    private static int PinOf(string name) => name is ['D' or 'd', ..] && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int pin) && pin < 16
        ? pin
        : throw new CommandFailure("BAD_OPTION", $"{name}: an input is D0 to D15.");

    private static int AtLeast(int value, int least, string option) => value >= least
        ? value
        : throw new CommandFailure("BAD_OPTION", $"{option} is at least {least}.");

    private static double? NotNegative(double? value, string option) => value is null or >= 0 and < double.PositiveInfinity
        ? value
        : throw new CommandFailure("BAD_OPTION", $"{option} is not below 0.");
}

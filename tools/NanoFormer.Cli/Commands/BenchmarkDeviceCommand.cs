using System.CommandLine;
using NanoFormer.Cli.Energy;
using NanoFormer.Cli.Reports;
using NanoFormer.Energy.Live;
using NanoFormer.Energy.Mlperf;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Commands;

/// <summary><c>benchmark-device</c>: runs a device under test by MLPerf Tiny's rules.</summary>
internal static class BenchmarkDeviceCommand
{
    private const string PerformanceMode = "performance";
    private const string AccuracyMode = "accuracy";
    private const string EnergyMode = "energy";

    private static readonly Argument<string> Port = new("PORT") { Description = "The device's serial port, such as COM5 or /dev/ttyUSB0." };

    private static readonly Option<string> Mode = new("--mode")
    {
        Description = "performance: five runs of at least 10 s. accuracy: every input once. energy: five runs, recorded by an instrument.",
        DefaultValueFactory = _ => PerformanceMode,
    };

    private static readonly Option<string> Dataset = new("--dataset")
    {
        Description = "Labelled inputs: a folder with y_labels.csv, as MLPerf Tiny's runner reads, or with --model a data set's test windows.",
        Required = true,
    };

    private static readonly Option<string?> Model = new("--model") { Description = "The model on the device, to cut a data set into its windows." };

    private static readonly Option<int?> Inputs = new("--inputs") { Description = "Most inputs to use, spread over a data set's windows." };

    private static readonly Option<int> Baud = new("--baud") { Description = "Bits per second.", DefaultValueFactory = _ => SerialSource.LogBaudRate };

    private static readonly Option<int?> Inferences = new("--inferences") { Description = "Inferences per run; otherwise chosen by a trial, for 11 s." };

    private static readonly Option<int> Warmups = new("--warmups") { Description = "Inferences before a run's clock starts.", DefaultValueFactory = _ => 10 };

    private static readonly Option<double> Timeout = new("--timeout") { Description = "Seconds of silence that a run may last; the rules' runner waits 30.", DefaultValueFactory = _ => 30 };

    private static readonly Option<string?> Save = new("--save-dataset") { Description = "Folder for the inputs with y_labels.csv, for MLPerf Tiny's own runner." };

    private static readonly Option<string> InstrumentKind = new("--instrument") { Description = "In energy mode, the instrument that supplies the device.", DefaultValueFactory = _ => LiveSource.Kinds[0] };

    private static readonly Option<string?> InstrumentPort = new("--instrument-port") { Description = "In energy mode, its serial port." };

    private static readonly Option<double?> Voltage = new("--voltage") { Description = "In energy mode, the supply in volts that it makes." };

    private static readonly Option<string> Record = new("--record") { Description = "In energy mode, the folder for the recordings of the runs.", DefaultValueFactory = _ => "build/benchmark-device" };

    private static readonly Option<bool> Json = new("--json") { Description = "Write the result as one JSON object." };

    public static Command Create()
    {
        Mode.AcceptOnlyFromAmong(PerformanceMode, AccuracyMode, EnergyMode);
        InstrumentKind.AcceptOnlyFromAmong([.. LiveSource.Kinds]);
        var command = new Command("benchmark-device", "Run a device under test by MLPerf Tiny's rules, over its serial port.")
        {
            Port, Mode, Dataset, Model, Inputs, Baud, Inferences, Warmups, Timeout, Save, Json,
            InstrumentKind, InstrumentPort, Voltage, Record,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        CheckNumbers(parse);
        var inputs = DeviceInputs.Load(parse.GetRequiredValue(Dataset), parse.GetValue(Model), parse.GetValue(Inputs));
        if (parse.GetValue(Save) is { } folder)
        {
            LabelledInputs.Write(folder, inputs);
        }

        using var instrument = parse.GetValue(Mode) == EnergyMode ? OpenInstrument(parse) : null;
        using var port = new SerialSource(parse.GetRequiredValue(Port), parse.GetValue(Baud));
        port.Open();
        var runner = new BenchmarkRunner(new DevicePort(port, TimeSpan.FromSeconds(parse.GetValue(Timeout))), instrument is null ? BenchmarkRunner.PerformanceBytes : BenchmarkRunner.EnergyBytes);
        var (device, profile, model) = runner.Identify();
        var result = new DeviceResult(device, profile, model);
        result = instrument is not null ? Energy(parse, runner, inputs, instrument, result)
            : parse.GetValue(Mode) == AccuracyMode ? Accuracy(parse, runner, inputs, result)
            : Performance(parse, runner, inputs, result);
        if (parse.GetValue(Json))
        {
            JsonOutput.Write(result.Json());
        }
        else
        {
            foreach (string line in result.Lines())
            {
                Console.Out.WriteLine(line);
            }
        }

        return result.IsValid ? 0 : 1;
    }

    private static DeviceResult Performance(ParseResult parse, BenchmarkRunner runner, IReadOnlyList<LabelledInput> inputs, DeviceResult result)
    {
        int done = 0;
        return result with
        {
            Runs = Progress.Run("runs", BenchmarkRunner.Runs, parse.GetValue(Json), step => runner.Performance(
                [.. inputs.Take(BenchmarkRunner.Runs).Select(input => input.Bytes)], parse.GetValue(Inferences), parse.GetValue(Warmups), _ => step(++done))),
        };
    }

    private static LiveSource OpenInstrument(ParseResult parse)
    {
        if (parse.GetValue(InstrumentPort) is not { } port || parse.GetValue(Voltage) is not { } volts || parse.GetValue(Inferences) is null)
        {
            throw new CommandFailure("BAD_OPTION", "--mode energy needs --instrument-port, --voltage and --inferences: the device tells no times there; performance mode shows how many last 10 s.");
        }

        return LiveSource.Open(parse.GetRequiredValue(InstrumentKind), port, volts);
    }

    private static DeviceResult Energy(ParseResult parse, BenchmarkRunner runner, IReadOnlyList<LabelledInput> inputs, LiveSource instrument, DeviceResult result)
    {
        string folder = Directory.CreateDirectory(parse.GetRequiredValue(Record)).FullName;
        int done = 0;
        return result with
        {
            Runs = Progress.Run("runs", BenchmarkRunner.Runs, parse.GetValue(Json), step => runner.Energy(
                [.. inputs.Take(BenchmarkRunner.Runs).Select(input => input.Bytes)], parse.GetValue(Inferences)!.Value, parse.GetValue(Warmups), instrument,
                parse.GetValue(Voltage)!.Value, run => Path.Combine(folder, $"run-{run + 1}.{instrument.Extension}"), _ => step(++done))),
        };
    }

    private static DeviceResult Accuracy(ParseResult parse, BenchmarkRunner runner, IReadOnlyList<LabelledInput> inputs, DeviceResult result)
    {
        var answers = Progress.Run("inputs", inputs.Count, parse.GetValue(Json), step => runner.Accuracy(inputs, step));
        return result with { Score = BenchmarkScore.Of(answers), Inputs = inputs.Count };
    }

    private static void CheckNumbers(ParseResult parse)
    {
        if (parse.GetValue(Inferences) < 1 || parse.GetValue(Inputs) < 1 || parse.GetValue(Warmups) < 0 || parse.GetValue(Baud) < 1 || !(parse.GetValue(Timeout) is > 0 and < 1e5))
        {
            throw new CommandFailure("BAD_OPTION", "--inferences, --inputs and --baud are at least 1, --warmups at least 0, --timeout above 0.");
        }
    }
}

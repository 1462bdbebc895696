using System.Globalization;
using System.Text.Json;
using NanoFormer.Data;
using NanoFormer.Data.Discovery;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Training.Proposal;

/// <summary>A training configuration made for some windows: a text with comments, and what was chosen.</summary>
/// <param name="Text">The <c>train.json</c>.</param>
/// <param name="Choices">What was chosen, and why.</param>
public sealed record ConfigProposal(string Text, IReadOnlyList<Choice> Choices)
{
    private const int MostTokens = 36;
    private const int MostTokensOfVibration = 64;
    private const double VibrationHz = 500; // from here on the tones of a structure tell classes apart, below the pace of a motion
    private const int WindowPasses = 300_000;   // of a training, over all its epochs
    private const double PassSeconds = 0.45e-3; // of a window of 128 x 6 on one core, float and fine-tuning together
    private const double ShareOfTime = 0.6;     // the rest is for import, evaluation and slower machines
    private const int TrialSeeds = 1;           // what trying several proposals takes, two at a time
    private const int WornDegrees = 12;
    private const int LooseDegrees = 30;
    private const double FixedDegrees = 10;
    private const double QuietSteps = 4;

    private static readonly string[] AccelerationUnits = ["g", "mg", "m/s2"];

    /// <summary>The configuration.</summary>
    public TrainingConfig Config => TrainingConfig.Parse(Text);

    /// <summary>Proposes a configuration.</summary>
    /// <param name="request">What is known.</param>
    /// <param name="train">Windows to learn from.</param>
    /// <exception cref="ConfigException">The windows are too short for a network.</exception>
    public static ConfigProposal For(ProposalRequest request, WindowSet train)
    {
        var triads = AxisTriads.Find(train.Channels);
        bool isFixed = IsFixed(train, triads);
        var statistics = ChannelStatistics.Of(train, isFixed);
        var choices = new List<Choice>();
        var (ranges, offsets) = Ranges(train, statistics, triads, isFixed);
        choices.Add(new Choice("ranges", string.Join(", ", train.Channels.Zip(ranges, (channel, range) => Number($"{channel.Name} ±{range:0.####} {channel.Unit}"))),
            "one value in a thousand lies beyond; the axes of a sensor share theirs"));
        int degrees = triads.Count == 0 || isFixed ? 0 : request.IsOther ? LooseDegrees : WornDegrees;
        if (triads.Count > 0)
        {
            choices.Add(isFixed
                ? new Choice("mounting", "fixed: windows are learnt as the sensor lies, measured from its rest", "the direction of gravity hardly changes")
                : new Choice("mounting", Number($"worn: axes turn by {degrees} degrees while it learns"), "the direction of gravity changes"));
        }

        bool isQuiet = degrees == 0 && IsQuiet(statistics, ranges, offsets);
        double[] gains = degrees == 0 && isQuiet != request.IsOther ? [8, 1] : [1];
        if (gains.Length > 1)
        {
            choices.Add(new Choice("gains", "each channel also eight times as large", "in one window of four the signal is smaller than four steps of int8"));
        }

        bool isVibration = train.RateHz > VibrationHz;
        if (isVibration)
        {
            choices.Add(new Choice("vibration", "a wide first convolution, hardly any change of speed while it learns", "at this rate the tones of a structure tell classes apart"));
        }

        var convolutions = Convolutions(train, request.Width, isVibration);
        int tokens = convolutions.Aggregate(train.WindowSamples, (rows, c) => c.OutputRows(rows, causal: false));
        choices.Add(new Choice("network", Number($"{convolutions.Length} convolutions to {tokens} tokens of {request.Width}, {request.Blocks} blocks"),
            Number($"for {train.Count} windows of {train.WindowSamples} x {train.Channels.Count} values and {train.ClassNames.Count} classes")));
        if (request.Ensemble > 1)
        {
            choices.Add(new Choice("ensemble", Number($"{request.Ensemble} such networks answer together by their mean: {request.Ensemble} times the flash and time of one"),
                "what one seed happens to take wrong, another often does not"));
        }

        int epochs = Math.Max(4, (int)(Epochs(request, train) * request.ShareOfEpochs));
        int batch = train.Count < 1500 ? 32 : train.Count < 4000 ? 64 : 128;
        int teachers = TeachersInTime(request, epochs, train);
        choices.Add(new Choice("training", Number($"{epochs} epochs, {request.Seeds} {(request.Seeds == 1 ? "seed" : "seeds")}"),
            Number($"about {Minutes(Rounds(request), epochs, train) * (1 + (Teachers.Share * teachers)):0} minutes, {Math.Min(request.Jobs, request.Seeds)} at a time")));
        if (teachers > 0)
        {
            choices.Add(new Choice("teachers", Number($"{teachers} networks of the same kind, whose mean answer each seed learns"),
                "few windows leave time for them, and answers that several agree on hold better for others"));
        }

        var noise = train.Channels.Select((channel, i) => (channel.Name, Size: Round(0.03 * Math.Max(statistics.Spreads[i], 0.02 * ranges[i])))).ToArray();
        string streams = $"\"streams\": [{{ {(gains.Length > 1 ? $"\"gains\": {List(gains)}, " : "")}\"convolutions\": [{string.Join(", ", convolutions.Select(c => Number($"{{ \"channels\": {c.Channels}, \"kernel\": {c.Kernel}, \"stride\": {c.Stride} }}")))}] }}]";
        string blocks = $"\"blocks\": [{string.Join(", ", Enumerable.Repeat(Number($"{{ \"heads\": 4, \"headColumns\": {request.Width / 4}, \"feedForward\": {2 * request.Width} }}"), request.Blocks))}]";
        string training = Number($"\"epochs\": {epochs}, \"batchSize\": {batch}, \"learningRate\": 0.003, \"weightDecay\": 0.05, \"labelSmoothing\": 0.1, \"dropout\": 0.1");
        string balance = $"\"balance\": {(IsUneven(train) ? "0.5" : "0")}";
        string text = $$"""
            {
              // Proposed from the recordings; every value may be changed. What each means: tools/NanoFormer.Training/README.md
              "name": {{Quoted(request.Name)}},
              "purpose": {{Quoted(request.Purpose)}},
              "data": {
                "credit": {{Quoted(request.Credit)}},
                // Held out to choose settings by (train --validate, search); learnt from in the end like the others.
                "validationSubjects": {{JsonSerializer.Serialize(request.ValidationSubjects)}}
              },
              "input": {
                // Full scale per channel, in {{string.Join(", ", train.Channels.Select(c => c.Unit).Distinct())}}: one value in a thousand lies beyond and is clipped.
                "ranges": {{List(ranges)}},
                {{(offsets.All(offset => offset == 0) ? "" : $"// The middle of each channel becomes 0.\n    \"offsets\": {List(offsets)},\n    ")}}// Samples from one answer of the device to the next.
                "hopSamples": {{request.HopSamples}},
                {{(request.Voters == 0 ? "" : $"// How many of the last answers vote on the device.\n    \"voters\": {request.Voters},\n    ")}}// An answer the network is less sure of counts as unknown, in thousandths.
                "gateThresholdPermille": 500
              },
              "architecture": {
                // Convolutions over time make {{tokens}} tokens of {{train.WindowSamples}} samples.
                {{streams}},
                {{blocks}}
              },
              {{(request.Ensemble == 1 ? "" : Number($"// Networks that answer together, from seeds of their own; 1 costs the device 1/{request.Ensemble} of the flash and time.\n  \"ensemble\": {request.Ensemble},\n  "))}}"floatTraining": {
                // So that about {{epochs * train.Count:N0}} windows pass: enough for the network, and bounded in time.
                {{training}},
                // A longer gradient is shortened to this, so that one odd batch does not undo the others.
                "gradientNorm": 1,
                // 1: classes count the same however many windows each has; 0: windows count the same.
                {{balance}}
              },
              {{(teachers == 0 ? "" : $$"""
            // Networks of the same kind, trained first; their mean answer counts for {{Number($"{Teachers.Weight}")}} of the loss, the labels for the rest.
              "distillation": {
                "architecture": { {{streams}}, {{blocks}} },
                "training": { {{training}}, "gradientNorm": 1, {{balance}} },
                "teachers": {{teachers}}, "weight": {{Number($"{Teachers.Weight}")}}, "temperature": {{Number($"{Teachers.Temperature}")}}
              },
            """)}}
              "augmentation": {
                // A sensor that is worn is never mounted the same way twice: axes turn together.
                "triads": {{JsonSerializer.Serialize(triads)}}, "rotationDegrees": {{degrees}},
                "gain": 0.05,
                // Three percent of what is usual within a window.
                "noise": { {{string.Join(", ", noise.Select(n => Number($"{Quoted(n.Name)}: {n.Size}")))}} },
                "timeWarp": {{(isVibration ? "0.02" : "0.1")}}, "masked": 0.1
              },
              // Fine-tuning with the integers of the device.
              "quantization": { "epochs": {{Math.Max(3, epochs / 5)}}, "observeEpochs": {{Math.Max(1, epochs / 10)}}, "learningRate": 0.001 }
            }

            """;
        return new ConfigProposal(text, choices);
    }

    /// <summary>Minutes that trainings take on one core.</summary>
    public static double Minutes(int seeds, int epochs, WindowSet train) => seeds * epochs * (double)train.Count * SecondsAPass(train) / 60;

    private static double SecondsAPass(WindowSet train) => PassSeconds * Math.Max(0.5, 0.5 + (train.WindowSamples / 256.0));

    private static int Epochs(ProposalRequest request, WindowSet train)
    {
        double passes = Math.Min(WindowPasses, ShareOfTime * 60 * request.Minutes / ((Rounds(request) + TrialSeeds) * SecondsAPass(train)));
        return Math.Clamp((int)Math.Round(passes / train.Count), 4, 100);
    }

    /// <summary>How often a core trains a seed.</summary>
    private static int Rounds(ProposalRequest request) => (request.Seeds + request.Jobs - 1) / request.Jobs;

    /// <summary>As many as there is time for beside the seeds and what is tried before.</summary>
    private static int TeachersInTime(ProposalRequest request, int epochs, WindowSet train)
    {
        double trainings = (ShareOfTime * request.Minutes / Minutes(1, epochs, train)) - TrialSeeds;
        return Teachers.InTime(trainings / Rounds(request));
    }

    /// <summary>Classes of which one has less than half of its share.</summary>
    private static bool IsUneven(WindowSet train) => train.Labels.CountBy(label => label).Min(pair => pair.Value) < 0.5 * train.Count / train.ClassNames.Count;

    /// <summary>Whether the sensor is part of a machine: gravity always comes from the same side.</summary>
    private static bool IsFixed(WindowSet train, IReadOnlyList<IReadOnlyList<int>> triads)
    {
        var accelerometer = triads.FirstOrDefault(triad => AccelerationUnits.Contains(train.Channels[triad[0]].Unit));
        return accelerometer is not null && ChannelStatistics.Tilt(train, accelerometer) < FixedDegrees;
    }

    /// <summary>Whether most channels have quiet windows that int8 would hardly show.</summary>
    private static bool IsQuiet(ChannelStatistics statistics, double[] ranges, double[] offsets) => ranges.Index()
        .Count(range => statistics.QuietSpreads[range.Index] < QuietSteps * range.Item / sbyte.MaxValue
            && Math.Abs(statistics.Middles[range.Index] - offsets[range.Index]) < range.Item / 16) > ranges.Length / 2;

    private static (double[] Ranges, double[] Offsets) Ranges(
        WindowSet train, ChannelStatistics statistics, IReadOnlyList<IReadOnlyList<int>> triads, bool isFixed)
    {
        var inTriads = triads.SelectMany(triad => triad).ToHashSet();
        double[] offsets = [.. train.Channels.Select((_, i) => !isFixed && (inTriads.Contains(i) || Math.Abs(statistics.Middles[i]) < statistics.Highest[i] / 4)
            ? 0
            : Round(statistics.Middles[i]))];
        double[] ranges = [.. train.Channels.Select((_, i) => Above(Math.Max(isFixed || offsets[i] == 0 ? statistics.Highest[i] : Highest(train, i, offsets[i]), 1e-6)))];
        foreach (var triad in triads)
        {
            double common = triad.Max(channel => ranges[channel]);
            foreach (int channel in triad)
            {
                ranges[channel] = common;
            }
        }

        return (ranges, offsets);
    }

    private static double Highest(WindowSet train, int channel, double offset)
    {
        int channels = train.Channels.Count;
        double[] sizes = [.. Enumerable.Range(0, train.Samples.Length / channels).Select(i => Math.Abs((train.Samples[(i * channels) + channel] * train.Channels[channel].Scale) - offset)).Order()];
        return sizes[(int)(0.999 * (sizes.Length - 1))];
    }

    /// <summary>Convolutions of stride two until there are few enough tokens, growing to the width.</summary>
    private static ConvolutionOptions[] Convolutions(WindowSet train, int width, bool isVibration)
    {
        var strides = new List<int> { 2 };
        while (train.WindowSamples / strides.Aggregate(1, (a, b) => a * b) > (isVibration ? MostTokensOfVibration : MostTokens))
        {
            strides.Add(2);
        }

        if (strides.Count > 4)
        {
            strides = [4, 4, .. strides.Skip(4)];
        }
        else if (strides.Count > 2 && isVibration)
        {
            strides = [4, .. strides.Skip(2)];
        }

        return [.. strides.Select((stride, i) => new ConvolutionOptions
        {
            Channels = i == strides.Count - 1 ? width : Math.Max(8, width / 2 / 8 * 8),
            Kernel = i == 0 && isVibration ? 15 : stride == 2 ? 5 : 9,
            Stride = stride,
        })];
    }

    private static double Above(double value)
    {
        double digit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(Math.Ceiling(value / digit) * digit, 9);
    }

    private static double Round(double value) => value == 0 ? 0 : double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string List(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(value => Number($"{value}")))}]";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a configuration is proposed for.</summary>
/// <param name="Name">Model id.</param>
/// <param name="Purpose">What the model is for.</param>
/// <param name="Credit">Whom the data is owed to.</param>
/// <param name="HopSamples">Samples from one answer to the next.</param>
/// <param name="ValidationSubjects">Subjects to choose settings by.</param>
public sealed record ProposalRequest(string Name, string Purpose, string Credit, int HopSamples, IReadOnlyList<string> ValidationSubjects)
{
    /// <summary>Trainings with seeds of their own.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>Minutes that all trainings together may take.</summary>
    public double Minutes { get; init; } = 20;

    /// <summary>Trainings at a time, one core each.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Answers that vote on the device; 0 to leave it to the firmware.</summary>
    public int Voters { get; init; }

    /// <summary>Columns of a token, a multiple of 8.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Encoder blocks.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>Networks that answer together.</summary>
    public int Ensemble { get; init; } = 1;

    /// <summary>The part of the usual epochs to train for.</summary>
    public double ShareOfEpochs { get; init; } = 1;

    /// <summary>Whether to propose the other choice where statistics decide little: for what is worn more rotation, else gains.</summary>
    public bool IsOther { get; init; }
}

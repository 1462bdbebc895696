using NanoFormer.Data;
using NanoFormer.Interchange;
using NanoFormer.Model;
using NanoFormer.Training.Personal;

namespace NanoFormer.Training.Tests;

public sealed class PersonalizerTests : TorchTests
{
    private static readonly WindowSet Others = Samples.Windows(64, 1);
    private static readonly Lazy<TrainedModel> Model = new(() => new Trainer(Samples.Config.WithEpochs(4)).Run(Samples.Data, seed: 1));

    [Fact]
    public void A_wearer_who_moves_faster_than_others_is_learnt()
    {
        var own = PersonalWindows.Cut([Recorded(slow: 4, fast: 9)], Others, Samples.WindowSamples / 2, 12);

        var fitted = Fit(own, trustLabels: true);

        Assert.All(fitted.Classes.Index(), c => Assert.Equal(
            (12, own.Judged.Labels.Count(label => label == c.Index)), (c.Item.Learnt, c.Item.Judged.Windows)));
        int before = Errors(Model.Value.Graph, own.Judged);
        int after = Errors(fitted.Graph, own.Judged);
        Assert.Equal(new PersonalErrors(own.Judged.Count, before, after), PersonalErrors.Sum(fitted.Classes.Select(c => c.Judged)));
        Assert.True(after <= before / 2, $"{before} errors before, {after} after");
        Assert.Equal(["SLOW", "FAST"], fitted.Classes.Select(c => c.Name));
        Assert.Equal(own.Learnt.Count, fitted.Trial.Windows);
        Assert.Equal(Errors(Model.Value.Graph, own.Learnt), fitted.Trial.Before);
        Assert.True(fitted.Trial.After < fitted.Trial.Before);
    }

    [Fact]
    public void Of_an_ensemble_each_network_is_fitted()
    {
        var old = new Trainer(Samples.Config.WithEpochs(4) with { Ensemble = 2 }).Run(Samples.Data, seed: 1, TestContext.Current.CancellationToken).Graph;
        var own = Cut(Recorded(slow: 4, fast: 9));

        var fitted = new Personalizer(old, trustLabels: true).Run(own, Others, cancellation: TestContext.Current.CancellationToken);

        var read = ImageReader.Read(ImageWriter.Write(fitted.Graph)).Graph;
        int before = Errors(old, own.Judged);
        int after = Errors(read, own.Judged);
        Assert.Equal(new PersonalErrors(own.Judged.Count, before, after), PersonalErrors.Sum(fitted.Classes.Select(c => c.Judged)));
        Assert.True(after <= before / 2, $"{before} errors before, {after} after");
        Assert.All(GraphEnsemble.MembersOf(old).Zip(GraphEnsemble.MembersOf(read)), pair =>
            Assert.NotEqual(pair.First.ClassLayer!.Weights.Int8Values.ToArray(), pair.Second.ClassLayer!.Weights.Int8Values.ToArray()));
    }

    [Fact]
    public void The_people_it_was_trained_on_are_not_forgotten()
    {
        var fitted = Fit(Cut(Recorded(slow: 4, fast: 9)), trustLabels: true);

        int errors = Errors(fitted.Graph, Others);
        Assert.True(errors <= Others.Count / 4, $"{errors} of {Others.Count}");
    }

    [Fact]
    public void Those_who_come_late_in_the_data_are_not_forgotten_either()
    {
        var (slow, fast) = (Others.Where(i => Others.Labels[i] == 0), Others.Where(i => Others.Labels[i] == 1));
        var many = Enumerable.Repeat(slow, 20).Concat(Enumerable.Repeat(fast, 20)).Aggregate((all, part) => all.Concat(part));
        Assert.Equal(1280, many.Count); // more than are learnt from, the slow ones first

        var fitted = new Personalizer(Model.Value.Graph, trustLabels: true)
            .Run(Cut(Recorded(slow: 4, fast: 9)), many, cancellation: TestContext.Current.CancellationToken);

        int errors = Errors(fitted.Graph, fast);
        Assert.True(errors <= fast.Count / 4, $"{errors} of {fast.Count}");
    }

    [Fact]
    public void The_fit_is_as_good_as_one_by_plain_descent()
    {
        var layer = LastLayer.Of(Model.Value.Graph)!;
        var own = layer.Look(Cut(Recorded(slow: 4, fast: 9)).Learnt, () => { }, TestContext.Current.CancellationToken);
        var others = layer.Look(Others, () => { }, TestContext.Current.CancellationToken);
        var objective = new FitObjective(Model.Value.Graph, own, others);

        double fitted = objective.Of(layer.Fit(own, others));

        Assert.InRange(fitted, objective.Least() - 0.005, objective.Least() + 0.01);
    }

    [Fact]
    public void Windows_that_hardly_differ_change_the_layer_no_more_than_it_pays()
    {
        const int steps = 8;
        var layer = LastLayer.Of(Model.Value.Graph)!;
        var others = layer.Look(Others, () => { }, TestContext.Current.CancellationToken);
        sbyte[] slow = [.. others.Values[0].Select(value => (sbyte)Math.Min((int)value, sbyte.MaxValue - steps))];
        sbyte[] fast = [.. slow.Select(value => (sbyte)(value + steps))];
        var own = new LayerInputs([slow, fast], [0, 1]);
        var objective = new FitObjective(Model.Value.Graph, own, others);

        double fitted = objective.Of(layer.Fit(own, others));

        // A fit that cost nothing, or by the deviation of these windows alone, would be 0.003 and 0.03 above.
        Assert.InRange(fitted, objective.Least() - 0.002, objective.Least() + 0.002);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_outputs_span_what_the_wearers_windows_and_those_of_others_give(bool wearerIsWider)
    {
        var graph = Model.Value.Graph;
        var layer = LastLayer.Of(graph)!;
        var wide = layer.Look(Others, () => { }, TestContext.Current.CancellationToken);
        int zeroPoint = ((ActivationTensor)graph.ClassLayer!.Input).ZeroPoint;
        var narrow = wide with { Values = [.. wide.Values.Select(values => values.Select(value => (sbyte)(((value - zeroPoint) / 4) + zeroPoint)).ToArray())] };

        var fitted = wearerIsWider ? layer.Fit(wide, narrow) : layer.Fit(narrow, wide);

        double[] logits = [.. Logits(fitted, wide)];
        var output = fitted.ClassLayer!.Output;
        double scale = output.Scale.ToReal();
        Assert.InRange(logits.Min(), ((sbyte.MinValue - output.ZeroPoint) * scale) - scale, ((sbyte.MinValue - output.ZeroPoint) * scale) + (20 * scale));
        Assert.InRange(logits.Max(), ((sbyte.MaxValue - output.ZeroPoint) * scale) - (20 * scale), ((sbyte.MaxValue - output.ZeroPoint) * scale) + scale);
    }

    [Fact]
    public void All_but_the_last_layer_stays()
    {
        var (old, fitted) = (Model.Value.Graph, Fit(Cut(Recorded(slow: 4, fast: 9)), trustLabels: true).Graph);
        var read = ImageReader.Read(ImageWriter.Write(fitted)).Graph;

        Assert.Equal(old.Operators.Select(step => step.Kind), read.Operators.Select(step => step.Kind));
        Assert.Equal(old.Labels, read.Labels);
        short[] window = Others.Window(0).ToArray();
        var before = new ReferenceExecutor(old).Trace(window);
        var after = new ReferenceExecutor(read).Trace(window);
        int last = old.Operators.TakeWhile(step => step != old.ClassLayer).Count();
        Assert.All(Enumerable.Range(1, last - 1), i => Assert.Equal(before[old.Operators[i].Output], after[read.Operators[i].Output]));
        Assert.NotEqual(before[old.ClassLayer!.Output], after[read.ClassLayer!.Output]);
    }

    [Fact]
    public void A_model_that_gets_no_better_is_refused()
    {
        var refusal = Assert.Throws<PersonalException>(() => Fit(Cut(Recorded(slow: 2, fast: 5))));

        Assert.Equal(PersonalError.NoBetter, refusal.Error);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, true)] // a draw is no refusal
    [InlineData(3, 4, false)]
    public void A_trial_with_nothing_to_mend_or_more_errors_refuses(int before, int after, bool fits) =>
        Assert.Equal(fits, new PersonalErrors(20, before, after).SpeaksForFitting);

    [Fact]
    public void What_one_bout_teaches_is_tried_on_the_others()
    {
        // What is called slow in one bout is called fast in the other: each bout alone could be learnt, but teaches nothing about the other.
        var own = Cut(Recorded(slow: 4, fast: 9, bouts: 1), Recorded(slow: 9, fast: 4, bouts: 1, name: "another"));

        var refusal = Assert.Throws<PersonalException>(() => Fit(own, trustLabels: true));

        Assert.Equal(PersonalError.NoBetter, refusal.Error);
    }

    [Fact]
    public void A_model_whose_classes_come_from_no_linear_layer_is_refused()
    {
        var graph = Model.Value.Graph;
        var cut = graph with
        {
            Output = (ActivationTensor)graph.ClassLayer!.Input,
            Operators = [.. graph.Operators.TakeWhile(step => step != graph.ClassLayer)],
        };

        var refusal = Assert.Throws<PersonalException>(() => Fit(Cut(Recorded(slow: 4, fast: 9)), graph: cut));

        Assert.Equal(PersonalError.UnsuitableModel, refusal.Error);
    }

    [Fact]
    public void Labels_that_the_model_never_agrees_with_are_refused()
    {
        var refusal = Assert.Throws<PersonalException>(() => Fit(Cut(Recorded(slow: 5, fast: 2))));

        Assert.Equal(PersonalError.WrongLabels, refusal.Error);
        Assert.Contains("labelled SLOW for FAST", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_the_model_agrees_with_now_and_then_are_believed()
    {
        // Two of three slow bouts are as fast as the model knows fast ones.
        var own = Cut(Recorded(slow: 5, fast: 5, bouts: 1), Recorded(slow: 5, fast: 5, bouts: 1, name: "b"), Recorded(slow: 2, fast: 5, bouts: 1, name: "c"));

        Assert.NotEqual(PersonalError.WrongLabels, (Record.Exception(() => Fit(own)) as PersonalException)?.Error);
    }

    [Fact]
    public void Recordings_of_another_rate_are_refused()
    {
        var recording = Recorded(slow: 2, fast: 5, rateHz: 50);

        var fault = Assert.Throws<DataException>(() => Cut(recording));

        Assert.Equal(DataError.Incompatible, fault.Error);
        Assert.Contains("own has 50 samples per second; the model needs 25", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, Samples.WindowSamples, "'FAST' has 8 windows to learn from and 8 to judge by")]
    [InlineData(3, Samples.WindowSamples / 16, "'FAST' has 34 windows to learn from and 2 to judge by")]
    public void Too_few_windows_are_refused_by_the_name_of_their_class(int fastWindows, int hop, string message)
    {
        var refusal = Assert.Throws<PersonalException>(
            () => PersonalWindows.Cut([Recorded(slow: 2, fast: 5, fastWindows: fastWindows)], Others, hop, 100));

        Assert.Equal(PersonalError.TooFewWindows, refusal.Error);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_of_one_bout_is_refused()
    {
        var refusal = Assert.Throws<PersonalException>(() => Cut(Recorded(slow: 2, fast: 5, bouts: 1)));

        Assert.Equal(PersonalError.TooFewWindows, refusal.Error);
        Assert.Contains("'SLOW' comes in 1 bout; needed are 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_windows_than_can_be_learnt_from_are_refused_by_the_option_that_asks_for_them()
    {
        var refusal = Assert.Throws<PersonalException>(
            () => PersonalWindows.Cut([Recorded(slow: 2, fast: 5)], Others, Samples.WindowSamples, PersonalWindows.FewestLearnt - 1));

        Assert.Equal(PersonalError.TooFewWindows, refusal.Error);
        Assert.Contains("--windows must be at least 10", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_windows_of_every_bout_are_learnt_from_its_beginning_on()
    {
        const int hop = Samples.WindowSamples;
        var recordings = new[] { Recorded(slow: 2, fast: 5), Recorded(slow: 3, fast: 6, name: "another") };

        var own = PersonalWindows.Cut(recordings, Others, hop, 20);

        Assert.Equal([20, 20], own.Learnt.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.All(own.Learnt.Labels.Zip(own.Bouts).CountBy(pair => pair), pair => Assert.Equal(5, pair.Value));
        var first = Enumerable.Range(0, own.Learnt.Count).Where(i => own.Learnt.Labels[i] == 0 && own.Bouts[i] == 0);
        Assert.Equal(
            recordings[0].Samples[..(5 * hop * Others.Channels.Count)],
            first.SelectMany(i => own.Learnt.Window(i).ToArray()));
    }

    [Fact]
    public void A_gap_begins_another_bout()
    {
        var recording = Recorded(slow: 2, fast: 5, bouts: 1);
        foreach (int label in new[] { 0, 1 })
        {
            recording.Labels![label * recording.SampleCount / 2 + recording.SampleCount / 4] = -1;
        }

        var own = Cut(recording);

        Assert.Equal([0, 1], own.Bouts.Distinct().Order());
    }

    [Fact]
    public void Still_windows_at_the_ends_of_a_motions_bouts_are_left_out()
    {
        var own = Cut(StillAtTheEnds(), StillAtTheEnds("another"));

        Assert.Equal([2 * (3 + 2), 0], own.Waited); // in the middle somebody may have stopped
        Assert.Equal(2 * (20 + 1 + 20), own.Learnt.Labels.Concat(own.Judged.Labels).Count(label => label == 0));
        Assert.Equal([10, 0], Fit(own, trustLabels: true).Classes.Select(c => c.Waited));
    }

    [Fact]
    public void Still_windows_of_what_is_still_in_other_people_are_learnt()
    {
        short[] samples = [.. Others.Samples];
        for (int i = 0; i < 8; i += 2)
        {
            samples.AsSpan(i * Others.WindowValues, Others.WindowValues).Clear(); // four of 32 slow ones
        }

        var own = PersonalWindows.Cut([StillAtTheEnds(), StillAtTheEnds("another")], Others.WithSamples(samples), Samples.WindowSamples, 100);

        Assert.Equal([0, 0], own.Waited);
    }

    [Fact]
    public void A_class_of_the_wearer_that_the_model_lacks_is_refused()
    {
        var recording = Recorded(slow: 2, fast: 5).OfClasses(["SLOW", "JUMP"]);

        var refusal = Assert.Throws<PersonalException>(() => Cut(recording));

        Assert.Equal(PersonalError.UnknownClass, refusal.Error);
        Assert.Contains("'JUMP'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Samples.WindowSamples / 4)]
    [InlineData(Samples.WindowSamples - 1)] // neighbours share a single sample
    public void No_judged_window_shares_a_sample_with_a_learnt_one(int hop)
    {
        // Every sample's value is its own place, so that a window tells where it was cut.
        var recording = Recorded(slow: 2, fast: 5);
        int width = recording.Channels.Count;
        for (int i = 0; i < recording.Samples.Length; i++)
        {
            recording.Samples[i] = (short)(i / width);
        }

        var own = PersonalWindows.Cut([recording], Others.WithSamples(new short[Others.Samples.Length]), hop, 100);

        var learnt = Places(own.Learnt);
        var judged = Places(own.Judged);
        Assert.NotEmpty(judged);
        Assert.Empty(learnt.Intersect(judged));
    }

    private static PersonalWindows Cut(params Recording[] recordings) =>
        PersonalWindows.Cut(recordings, Others, Samples.WindowSamples, 100);

    private static PersonalModel Fit(PersonalWindows own, bool trustLabels = false, Graph? graph = null) =>
        new Personalizer(graph ?? Model.Value.Graph, trustLabels).Run(own, Others, cancellation: TestContext.Current.CancellationToken);

    /// <summary>What a model's class layer gives in real numbers.</summary>
    private static IEnumerable<double> Logits(Graph graph, LayerInputs inputs)
    {
        var input = (ActivationTensor)graph.ClassLayer!.Input;
        var linear = Dequantizer.Run(graph).Steps.OfType<FloatLinear>().Last();
        return inputs.Values.SelectMany(values => linear.Biases.Values.Select((bias, c) => bias + values.Select((value, k) =>
            (value - input.ZeroPoint) * (double)input.Scale.ToReal() * linear.Weights.Values[(c * input.Columns) + k]).Sum()));
    }

    private static HashSet<short> Places(WindowSet windows) => [.. windows.Samples];

    private static int Errors(Graph graph, WindowSet windows)
    {
        var executor = new ReferenceExecutor(graph);
        return Enumerable.Range(0, windows.Count).Count(i =>
        {
            sbyte[] answer = executor.Run(windows.Window(i).ToArray());
            return Array.IndexOf(answer, answer.Max()) != windows.Labels[i];
        });
    }

    /// <summary>Slow between three and two still windows, with one in its middle, and fast.</summary>
    private static Recording StillAtTheEnds(string name = "own")
    {
        var moving = Recorded(slow: 4, fast: 9, bouts: 1, name: name);
        int window = Samples.WindowSamples;
        int slow = moving.SampleCount / 2;
        var parts = new[] { Still(3), (0, slow), Still(1), (0, slow), Still(2), (slow, moving.SampleCount) };
        int width = moving.Channels.Count;
        return new Recording
        {
            Name = name,
            Source = name,
            Subject = "me",
            Split = "",
            RateHz = moving.RateHz,
            Channels = moving.Channels,
            ClassNames = moving.ClassNames,
            Samples = [.. parts.SelectMany(part => part.Item1 < 0 ? new short[-part.Item1 * width] : moving.Samples[(part.Item1 * width)..(part.Item2 * width)])],
            Labels = [.. parts.SelectMany(part => part.Item1 < 0 ? new int[-part.Item1] : moving.Labels![part.Item1..part.Item2])],
        };

        (int, int) Still(int windows) => (-windows * window, 0);
    }

    /// <summary>Slow and fast in turn, in oscillations per window.</summary>
    private static Recording Recorded(double slow, double fast, int fastWindows = 20, int bouts = 2, string name = "own", double? rateHz = null)
    {
        const int slowWindows = 20;
        var random = new Random(3);
        int[] bout = [.. Enumerable.Repeat(0, slowWindows * Samples.WindowSamples), .. Enumerable.Repeat(1, fastWindows * Samples.WindowSamples)];
        int[] labels = [.. Enumerable.Repeat(bout, bouts).SelectMany(part => part)];
        return new Recording
        {
            Name = name,
            Source = name,
            Subject = "me",
            Split = "",
            RateHz = rateHz ?? Others.RateHz,
            Channels = Others.Channels,
            ClassNames = ["SLOW", "FAST"],
            Labels = labels,
            Samples =
            [
                .. labels.SelectMany((label, i) =>
                {
                    double angle = 2 * Math.PI * (label == 0 ? slow : fast) * i / Samples.WindowSamples;
                    return new[]
                    {
                        (short)(8192 * Math.Sin(angle) + 2000 * (random.NextDouble() - 0.5)),
                        (short)(4096 * Math.Cos(angle) + 2000 * (random.NextDouble() - 0.5)),
                        (short)(2000 * (random.NextDouble() - 0.5)),
                    };
                }),
            ],
        };
    }
}

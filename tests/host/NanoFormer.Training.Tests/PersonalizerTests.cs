using NanoFormer.Data;
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
        var own = PersonalWindows.Cut([Recorded(slow: 4, fast: 9)], Others, Samples.WindowSamples, 100);

        var (graph, classes) = Fit(own, new PersonalOptions { Epochs = 3, LearningRate = 0.005, TrustLabels = true });

        int before = Errors(Model.Value.Graph, own.Judged);
        int after = Errors(graph, own.Judged);
        Assert.Equal((before, after), (classes.Sum(c => c.ErrorsBefore), classes.Sum(c => c.ErrorsAfter)));
        Assert.True(after <= before / 2, $"{before} errors before, {after} after");
        Assert.Equal(["SLOW", "FAST"], classes.Select(c => c.Name));
    }

    [Fact]
    public void The_people_it_was_trained_on_are_not_forgotten()
    {
        var own = PersonalWindows.Cut([Recorded(slow: 5, fast: 12)], Others, Samples.WindowSamples, 100);

        var (graph, _) = Fit(own, new PersonalOptions { Epochs = 6, LearningRate = 0.005, TrustLabels = true });

        int errors = Errors(graph, Others);
        Assert.True(errors <= Others.Count / 4, $"{errors} of {Others.Count}");
    }

    [Fact]
    public void A_model_that_gets_no_better_is_refused()
    {
        var own = PersonalWindows.Cut([Recorded(slow: 2, fast: 5)], Others, Samples.WindowSamples, 100);

        var refusal = Assert.Throws<PersonalException>(() => Fit(own, new PersonalOptions { Epochs = 1 }));

        Assert.Equal(PersonalError.NoBetter, refusal.Error);
    }

    [Fact]
    public void Labels_that_the_model_never_agrees_with_are_refused()
    {
        var own = PersonalWindows.Cut([Recorded(slow: 5, fast: 2)], Others, Samples.WindowSamples, 100);

        var refusal = Assert.Throws<PersonalException>(() => Fit(own, new PersonalOptions()));

        Assert.Equal(PersonalError.WrongLabels, refusal.Error);
        Assert.Contains("labelled SLOW for FAST", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_windows_are_refused_by_the_name_of_their_class()
    {
        var refusal = Assert.Throws<PersonalException>(
            () => PersonalWindows.Cut([Recorded(slow: 2, fast: 5, fastWindows: 9)], Others, Samples.WindowSamples, 100));

        Assert.Equal(PersonalError.TooFewWindows, refusal.Error);
        Assert.Contains("'FAST' has 5 windows to learn from and 4 to judge by", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_windows_to_judge_by_are_refused_too()
    {
        var refusal = Assert.Throws<PersonalException>(
            () => PersonalWindows.Cut([Recorded(slow: 2, fast: 5, fastWindows: 3)], Others, Samples.WindowSamples / 16, 100));

        Assert.Equal(PersonalError.TooFewWindows, refusal.Error);
        Assert.Contains("'FAST' has 17 windows to learn from and 1 to judge by", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_windows_of_every_recording_are_learnt()
    {
        var first = Recorded(slow: 2, fast: 5);
        var second = Recorded(slow: 3, fast: 6, name: "another");

        var own = PersonalWindows.Cut([first, second], Others, Samples.WindowSamples, 20);

        Assert.Equal([20, 20], own.Learnt.Labels.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        int width = first.Channels.Count;
        Assert.Equal(first.Samples[..(10 * Samples.WindowSamples * width)], own.Learnt.Samples[..(10 * Samples.WindowSamples * width)]);
        Assert.Equal(second.Samples[..(10 * Samples.WindowSamples * width)],
            own.Learnt.Samples[(10 * Samples.WindowSamples * width)..(20 * Samples.WindowSamples * width)]);
    }

    [Fact]
    public void A_class_of_the_wearer_that_the_model_lacks_is_refused()
    {
        var recording = Recorded(slow: 2, fast: 5).OfClasses(["SLOW", "JUMP"]);

        var refusal = Assert.Throws<PersonalException>(() => PersonalWindows.Cut([recording], Others, Samples.WindowSamples, 100));

        Assert.Equal(PersonalError.UnknownClass, refusal.Error);
        Assert.Contains("'JUMP'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_judged_window_shares_a_sample_with_a_learnt_one()
    {
        // Every sample's value is its own place, so that a window tells where it was cut.
        var recording = Recorded(slow: 2, fast: 5);
        int width = recording.Channels.Count;
        for (int i = 0; i < recording.Samples.Length; i++)
        {
            recording.Samples[i] = (short)(i / width);
        }

        var own = PersonalWindows.Cut([recording], Others, Samples.WindowSamples / 4, 100);

        var learnt = Places(own.Learnt);
        var judged = Places(own.Judged);
        Assert.NotEmpty(judged);
        Assert.Empty(learnt.Intersect(judged));
    }

    private static (Graph Graph, IReadOnlyList<PersonalClass> Classes) Fit(PersonalWindows own, PersonalOptions options) =>
        new Personalizer(Samples.Config, Model.Value.Weights, Model.Value.Graph, options)
            .Run(own, Others, TestContext.Current.CancellationToken);

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

    /// <summary>First slow, then fast, in oscillations per window.</summary>
    private static Recording Recorded(double slow, double fast, int fastWindows = 40, string name = "own")
    {
        const int slowWindows = 40;
        var random = new Random(3);
        int[] labels = [.. Enumerable.Range(0, (slowWindows + fastWindows) * Samples.WindowSamples)
            .Select(i => i < slowWindows * Samples.WindowSamples ? 0 : 1)];
        return new Recording
        {
            Name = name,
            Source = name,
            Subject = "me",
            Split = "",
            RateHz = Others.RateHz,
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

using NanoFormer.Cli.Evaluation;
using NanoFormer.Data;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests.Evaluation;

/// <summary>Windows of two samples, one apart, mostly of one acceleration in steps of 10 mg; "sit" and "stand" are postures.</summary>
public sealed class HeldPosturesTests
{
    private const int Sit = 1;
    private const int Stand = 2;

    // Samples 0 0 0 0 | 9 9 9, and one step of 300 mg in the middle of the second recording.
    private static readonly short[][] Windows = [[0, 0], [0, 0], [0, 0], [9, 9], [9, 9], [9, 39], [39, 39]];

    [Fact]
    public void A_posture_lasts_to_the_end_of_its_recording_or_to_a_movement()
    {
        int[] own = [Sit, Sit, Stand, Stand, Sit, Sit, Sit];
        int[] answers = new HeldPostures(Set(), hopSamples: 1).Answers(Info(stepSamples: 0), [.. own.Select((top, i) => Output(top, i is 1 or 4 or 6 ? 40 : 100))]);

        Assert.Equal([Sit, Sit, Sit, Stand, Stand, Sit, Sit], answers);
    }

    [Fact]
    public void A_stream_tells_movements_by_its_classes_alone()
    {
        int[] own = [Sit, 0, Stand, Stand, Stand, Sit, Sit];
        int[] answers = new HeldPostures(Set(), hopSamples: 1).Answers(Info(stepSamples: 1), [.. own.Select(top => Output(top, 100))]);

        Assert.Equal([Sit, 0, Stand, Stand, Stand, Stand, Sit], answers);
    }

    [Fact]
    public void Windows_of_several_channels_follow_each_other_by_whole_samples()
    {
        // Samples (0, 5), (1, 5) and (2, 5).
        int[] answers = new HeldPostures(Set([[0, 5, 1, 5], [1, 5, 2, 5]], ["g", "rad/s"], "walk", "sit", "stand"), hopSamples: 1).Answers(
            Info(stepSamples: 1), [Output(Sit, 100), Output(Stand, 40)]);

        Assert.Equal([Sit, Sit], answers);
    }

    [Fact]
    public void Of_windows_side_by_side_nobody_knows_whether_they_follow_each_other()
    {
        int[] own = [Sit, Sit, Stand, Stand, Sit, Sit, Stand];
        int[] answers = new HeldPostures(Set(), hopSamples: 2).Answers(Info(stepSamples: 0), [.. own.Select(top => Output(top, 100))]);

        Assert.Equal(own, answers);
    }

    [Theory]
    [InlineData("g", Stand)]     // a step of 300 mg moves
    [InlineData("m/s2", Sit)]    // 300 mm/s2 do not
    [InlineData("rad/s", Sit)]   // nor does a rotation
    public void A_movement_is_one_of_acceleration(string unit, int expected)
    {
        short[][] windows = [[0, 0], [0, 0], [0, 30]];
        int[] answers = new HeldPostures(Set(windows, unit), hopSamples: 1).Answers(
            Info(stepSamples: 0), [Output(Sit, 100), Output(Sit, 100), Output(Stand, 40)]);

        Assert.Equal(expected, answers[2]);
    }

    [Fact]
    public void Answers_are_numbered_as_the_windows_number_their_classes()
    {
        int[] answers = new HeldPostures(Set([[0, 0], [0, 0]], ["g"], "stand", "walk", "sit"), hopSamples: 1).Answers(
            Info(stepSamples: 0), [Output(Sit, 100), Output(0, 100)]);

        Assert.Equal([2, 1], answers);
    }

    [Fact]
    public void Windows_are_counted_where_they_are_judged()
    {
        int[] own = [1, 1, 2, 2, 1, 1, 0];
        int[] held = [1, 1, 1, 2, 2, 1, 0];
        var set = Set();

        Assert.Equal(new HeldAccuracy(7, 4 / 7.0, 6 / 7.0), HeldAccuracy.Of(set, _ => true, own, held));
        Assert.Equal(new HeldAccuracy(6, 4 / 6.0, 1), HeldAccuracy.Of(set, i => i < 6, own, held));
        Assert.Null(HeldAccuracy.Of(set, _ => false, own, held));
    }

    private static WindowSet Set() => Set(Windows, "g");

    private static WindowSet Set(short[][] windows, string unit) => Set(windows, [unit], "walk", "sit", "stand");

    private static WindowSet Set(short[][] windows, string[] units, params string[] classes) => new()
    {
        WindowSamples = 2,
        RateHz = 1,
        Channels = [.. units.Select(unit => new ChannelInfo("x", unit, 0.01))],
        ClassNames = classes,
        Samples = [.. windows.SelectMany(window => window)],
        Labels = [.. new[] { 1, 1, 1, 2, 2, 1, 1 }.Take(windows.Length)],
        Subjects = [.. windows.Select(_ => "1")],
    };

    private static ModelInfo Info(int stepSamples)
    {
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.ClassCount] = 3;
        numbers[ModelNumbers.OutputCount] = 3;
        numbers[ModelNumbers.StepSamples] = stepSamples;
        numbers[ModelNumbers.Postures] = (1 << Sit) | (1 << Stand);
        return new ModelInfo("m", numbers, ["walk", "sit", "stand"], ["acc_x"], ["g"], [1 << 30], [1]);
    }

    private static sbyte[] Output(int top, int value)
    {
        sbyte[] output = [-128, -128, -128];
        output[top] = (sbyte)value;
        return output;
    }
}

using CsCheck;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

/// <summary>Classes: 0 walking, 1 sitting, 2 standing, 3 transition.</summary>
public class PostureMemoryTests
{
    private const int Postures = 0b0110;
    private const int Walking = 0;
    private const int Sitting = 1;
    private const int Standing = 2;
    private const int Transition = 3;

    [Fact]
    public void A_posture_lasts_until_the_model_sees_something_else()
    {
        var gate = Gate();
        Assert.Equal([Sitting, Sitting, Sitting, Sitting], Answers(gate, Sitting, Sitting, Sitting, Standing));
        Assert.Equal((Standing, Standing), (gate.Top, gate.Own));
        Assert.Equal([Transition, Standing, Standing, Standing], Answers(gate, Transition, Standing, Standing, Sitting));
        Assert.Equal([Walking, Sitting], Answers(gate, Walking, Sitting));
    }

    [Fact]
    public void A_posture_lasts_until_a_movement_or_a_restart()
    {
        var gate = Gate();
        Answers(gate, Sitting, Sitting, Sitting);
        gate.Judge(Output(Standing), 4, moved: true);
        Assert.Equal(Standing, gate.Answer);
        Assert.Equal([Standing, Standing], Answers(gate, Standing, Sitting));

        gate.Restart();
        Assert.Equal([Sitting], Answers(gate, Sitting));
    }

    [Fact]
    public void A_restart_forgets_all_of_a_long_posture()
    {
        var gate = Gate();
        Answers(gate, [.. Enumerable.Repeat(Sitting, 100)]);
        gate.Restart();

        Assert.Equal([Standing], Answers(gate, Standing));
    }

    [Fact]
    public void A_held_posture_must_be_sure_enough()
    {
        var gate = new ConfidenceGate(900, 1, new PostureMemory(Postures, 4)); // the outputs have 208 of 256

        Assert.Equal([ConfidenceGate.Unknown, ConfidenceGate.Unknown], Answers(gate, Sitting, Sitting));
    }

    [Fact]
    public void Of_equal_sums_the_windows_own_is_the_answer()
    {
        var memory = new PostureMemory(Postures, 4);
        memory.Observe([-128, 0, 0, -128], Sitting, moved: false);

        Assert.Equal(Sitting, memory.Top);
    }

    [Fact]
    public void A_class_that_is_no_posture_adds_nothing_to_be_answered()
    {
        var memory = new PostureMemory(Postures, 4);
        memory.Observe([90, 100, -128, -128], Sitting, moved: false);
        memory.Observe([90, -128, 100, -128], Standing, moved: false);

        Assert.Equal(Standing, memory.Top); // not walking, the likeliest of both together
    }

    [Fact]
    public void Classes_from_the_32nd_on_are_no_postures()
    {
        var memory = new PostureMemory(1 << Sitting, 40);
        sbyte[] output = new sbyte[40];
        foreach (sbyte confidence in new sbyte[] { 100, 20 })
        {
            output[32 + Sitting] = confidence;
            memory.Observe(output, 32 + Sitting, moved: false);
        }

        Assert.Equal(20 + 128, memory.Confidence); // its own, not the mean
    }

    [Fact]
    public void A_missed_movement_is_made_good()
    {
        var gate = Gate();
        Answers(gate, [.. Enumerable.Repeat(Sitting, 1000)]);
        int[] answers = Answers(gate, [.. Enumerable.Repeat(Standing, 20)]);
        Assert.Equal(Sitting, answers[5]);
        Assert.Equal(Standing, answers[^1]);
    }

    [Fact]
    public void The_answer_is_that_of_sums_in_real_numbers() => Gen.Select(Gen.SByte.Array[4].Array[1, 60], Gen.Int[0, 4]).Sample((outputs, period) =>
    {
        var memory = new PostureMemory(Postures, 4);
        double[] sums = new double[4];
        double weights = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            int top = Array.IndexOf(outputs[i], outputs[i].Max());
            bool moved = period > 0 && i % (4 * period) == 0;
            memory.Observe(outputs[i], top, moved);
            if (moved || top is Walking or Transition)
            {
                (sums, weights) = (new double[4], 0);
            }

            if (top is Walking or Transition)
            {
                Assert.Equal((top, outputs[i][top] + 128), (memory.Top, memory.Confidence));
                continue;
            }

            sums = [.. sums.Select((sum, k) => (sum * 15 / 16) + outputs[i][k] + 128)];
            weights = (weights * 15 / 16) + 256;

            // Integers forget up to one step in sixteen less.
            Assert.True(sums[memory.Top] >= sums[Sitting + Standing - memory.Top] - 16);
            Assert.InRange(memory.Confidence, (256 * sums[memory.Top] / weights) - 20, (256 * sums[memory.Top] / weights) + 20);
            Assert.InRange(memory.Confidence, 0, 255);
        }
    });

    [Theory]
    [InlineData(0, 0, 0, 3)]
    [InlineData(0, Postures, 0, 1)]
    [InlineData(16, 0, 0, 1)]
    [InlineData(0, 0, 1, 1)]
    [InlineData(16, Postures, 7, 7)]
    public void What_remembers_by_itself_needs_no_vote_unless_its_image_names_one(int stepSamples, int postures, int voters, int expected)
    {
        var model = Model(stepSamples, postures, voters);
        Assert.Equal(expected, new ApplicationSettings().VotersFor(model));
        Assert.Equal(5, new ApplicationSettings { Voters = 5 }.VotersFor(model));
    }

    [Fact]
    public void The_long_window_of_a_stream_tells_no_movement()
    {
        Assert.True(PostureMemory.SeesMovement(Model(stepSamples: 0, Postures), isStill: false));
        Assert.False(PostureMemory.SeesMovement(Model(stepSamples: 0, Postures), isStill: true));
        Assert.False(PostureMemory.SeesMovement(Model(stepSamples: 16, Postures), isStill: false));
    }

    private static ConfidenceGate Gate() => new(0, 1, new PostureMemory(Postures, 4));

    private static int[] Answers(ConfidenceGate gate, params int[] tops) =>
    [
        .. tops.Select(top =>
        {
            gate.Judge(Output(top), 4);
            return gate.Answer;
        }),
    ];

    private static sbyte[] Output(int top)
    {
        sbyte[] output = [-118, -118, -118, -118];
        output[top] = 80;
        return output;
    }

    private static ModelInfo Model(int stepSamples, int postures, int voters = 0)
    {
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.StepSamples] = stepSamples;
        numbers[ModelNumbers.Postures] = postures;
        numbers[ModelNumbers.Voters] = voters;
        return new ModelInfo("m", numbers, [], [], [], [], []);
    }
}

using NanoFormer.Data;
using NanoFormer.Training.Proposal;

namespace NanoFormer.Training.Tests;

public sealed class ConfigProposalTests
{
    private const double Scale = 0.001;

    [Fact]
    public void A_sensor_on_a_machine_is_measured_from_its_rest_and_does_not_turn()
    {
        var config = ConfigProposal.For(Request, Windows(_ => (0, 1), vibration: 0.01)).Config;

        Assert.Equal(0, config.Augmentation.RotationDegrees);
        Assert.Equal([0, 0, 1], config.Input.Offsets.Select(offset => Math.Round(offset, 2)));
        Assert.All(config.Input.Ranges, range => Assert.InRange(range, 0.005, 2));
    }

    [Fact]
    public void A_sensor_that_is_worn_turns_and_keeps_gravity()
    {
        var config = ConfigProposal.For(Request, Windows(i => (Math.Sin(i), Math.Cos(i)), vibration: 0.01)).Config;

        Assert.InRange(config.Augmentation.RotationDegrees, 5, 45);
        Assert.Empty(config.Input.Offsets);
        Assert.Equal([1], config.Architecture.Streams[0].Gains);
        Assert.True(ConfigProposal.For(Request with { IsOther = true }, Windows(i => (Math.Sin(i), Math.Cos(i)), vibration: 0.01))
            .Config.Augmentation.RotationDegrees > config.Augmentation.RotationDegrees);
    }

    [Fact]
    public void Vibrations_that_int8_hardly_shows_are_shown_eight_times_as_large()
    {
        var quiet = Windows(_ => (0, 1), vibration: 0.01, loudest: 2);
        var loud = Windows(_ => (0, 1), vibration: 1);

        Assert.Equal([8, 1], ConfigProposal.For(Request, quiet).Config.Architecture.Streams[0].Gains);
        Assert.Equal([1], ConfigProposal.For(Request with { IsOther = true }, quiet).Config.Architecture.Streams[0].Gains);
        Assert.Equal([1], ConfigProposal.For(Request, loud).Config.Architecture.Streams[0].Gains);
    }

    [Theory]
    [InlineData(50, 5, 0.1)]
    [InlineData(12_000, 15, 0.02)]
    public void Vibrations_at_a_high_rate_keep_their_tones_and_meet_a_wide_convolution(double rate, int kernel, double warp)
    {
        var config = ConfigProposal.For(Request, Windows(_ => (0, 1), vibration: 1, rate: rate)).Config;

        Assert.Equal(kernel, config.Architecture.Streams[0].Convolutions[0].Kernel);
        Assert.Equal(warp, config.Augmentation.TimeWarp);
        Assert.Equal(1, config.FloatTraining.GradientNorm);
    }

    [Fact]
    public void Fewer_epochs_can_be_asked_for()
    {
        var windows = Windows(_ => (0, 1), vibration: 1);

        Assert.Equal(ConfigProposal.For(Request, windows).Config.FloatTraining.Epochs / 4,
            ConfigProposal.For(Request with { ShareOfEpochs = 0.25 }, windows).Config.FloatTraining.Epochs);
    }

    [Fact]
    public void Time_that_few_windows_leave_goes_to_teachers_of_the_same_kind()
    {
        var windows = Windows(_ => (0, 1), vibration: 1);
        double training = ConfigProposal.Minutes(1, 100, windows);

        var taught = ConfigProposal.For(Request, windows).Config;

        Assert.Equal(4, taught.Distillation!.Teachers);
        Assert.Equal(taught.Architecture.Blocks, taught.Distillation.Architecture.Blocks);
        Assert.Equal(taught.Architecture.Streams.SelectMany(stream => stream.Convolutions), taught.Distillation.Architecture.Streams.SelectMany(stream => stream.Convolutions));
        Assert.Equal(taught.FloatTraining, taught.Distillation.Training);
        Assert.Null(ConfigProposal.For(Request with { Minutes = 7 * training }, windows).Config.Distillation); // three seeds and the trials alone take 6.7
        Assert.NotNull(ConfigProposal.For(Request with { Minutes = 11 * training, Jobs = 2 }, windows).Config.Distillation); // two seeds at a time leave time for two
        Assert.Null(ConfigProposal.For(Request with { Minutes = 11 * training }, windows).Config.Distillation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_vote_is_in_the_text_only_when_it_is_not_the_firmwares(int voters)
    {
        var proposal = ConfigProposal.For(Request with { Voters = voters }, Windows(_ => (0, 1), vibration: 1));

        Assert.Equal(voters, proposal.Config.Input.Voters);
        Assert.Equal(voters > 0, proposal.Text.Contains("\"voters\"", StringComparison.Ordinal));
    }

    private static ProposalRequest Request => new("model", "Tells A from B.", "Made up.", 32, []);

    /// <summary>Windows of an accelerometer that feels gravity from a direction, and vibrates: every eighth window as much as the loudest.</summary>
    private static WindowSet Windows(Func<int, (double X, double Z)> gravity, double vibration, double? loudest = null, double rate = 50)
    {
        const int count = 200, length = 64;
        var random = new Random(1);
        short[] samples = new short[count * length * 3];
        for (int window = 0; window < count; window++)
        {
            var (x, z) = gravity(window);
            double size = window % 8 == 0 ? loudest ?? vibration : vibration;
            for (int i = 0; i < length; i++)
            {
                foreach (var (axis, rest) in new[] { x, 0, z }.Index())
                {
                    samples[(((window * length) + i) * 3) + axis] = (short)Math.Round((rest + (size * ((2 * random.NextDouble()) - 1))) / Scale);
                }
            }
        }

        return new WindowSet
        {
            WindowSamples = length,
            RateHz = rate,
            Channels = [new ChannelInfo("acc_x", "g", Scale), new ChannelInfo("acc_y", "g", Scale), new ChannelInfo("acc_z", "g", Scale)],
            ClassNames = ["A", "B"],
            Samples = samples,
            Labels = [.. Enumerable.Range(0, count).Select(i => i % 2)],
            Subjects = [.. Enumerable.Range(0, count).Select(i => $"s{i % 5}")],
        };
    }
}

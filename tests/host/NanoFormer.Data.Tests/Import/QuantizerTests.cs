using CsCheck;
using NanoFormer.Data.Import;

namespace NanoFormer.Data.Tests.Import;

public sealed class QuantizerTests
{
    [Fact]
    public void The_chosen_scale_is_the_finest_power_of_two_that_fits_and_stays_so_once_rounded()
    {
        Gen.Double[1e-9, 1e9].Sample(magnitude =>
        {
            double scale = Quantizer.FittingScale(magnitude);
            double steps = Math.Round(magnitude / scale, MidpointRounding.AwayFromZero);

            Assert.Equal(Math.Floor(Math.Log2(scale)), Math.Log2(scale));
            Assert.InRange(steps, short.MaxValue / 2, short.MaxValue);
            Assert.True(magnitude > short.MaxValue * scale / 2);
            Assert.Equal(scale, Quantizer.FittingScale(steps * scale));
        });
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(32767, 1)]
    [InlineData(32768, 2)]
    [InlineData(3.9998779296875, 1.0 / 8192)]
    public void Known_magnitudes_have_known_scales(double magnitude, double scale) =>
        Assert.Equal(scale, Quantizer.FittingScale(magnitude));

    [Fact]
    public void Values_are_rounded_to_the_nearest_step_of_their_channel_halves_away_from_zero()
    {
        ChannelInfo[] channels = [new("x", "g", 1), new("y", "g", 0.25)];
        var log = new FindingLog();

        Assert.Equal([1, 2], Stored(channels, [0.5, 0.5], new RepairOptions(), log));
        Assert.Equal([-1, -3], Stored(channels, [-0.5, -0.625], new RepairOptions(), log));
        Assert.Equal([1, 2], Stored(channels, [1.499, 0.6], new RepairOptions(), log));
        Assert.Equal([32767, -32768], Stored(channels, [32767.4, -8192], new RepairOptions(), log));
        Assert.Empty(log.All);
    }

    [Theory]
    [InlineData(32767.5, 32767)]
    [InlineData(-32768.5, -32768)]
    [InlineData(1e9, 32767)]
    public void What_does_not_fit_is_told_where_it_is_and_saturated_if_asked(double value, short stored)
    {
        foreach (bool clip in new[] { false, true })
        {
            var log = new FindingLog();

            Assert.Equal([7, stored], Stored(Channels(1, 1), [7, value], new RepairOptions { ClipOutOfRange = clip }, log));

            var finding = Assert.Single(log.All);
            Assert.Equal((FindingKind.OutOfRange, clip ? FindingOutcome.Repaired : FindingOutcome.Refused), (finding.Kind, finding.Outcome));
            Assert.Equal(FormattableString.Invariant($"a.csv, line 9, column c1: '{value}' does not fit int16 in steps of 1"),
                Assert.Single(finding.Examples));
        }
    }

    [Theory]
    [InlineData(OutlierRepair.Refuse, 16.5, FindingKind.Outlier, FindingOutcome.Refused)]
    [InlineData(OutlierRepair.Clip, -16.5, FindingKind.Outlier, FindingOutcome.Repaired)]
    [InlineData(OutlierRepair.Keep, 16.5, FindingKind.OutOfRange, FindingOutcome.Refused)]
    [InlineData(OutlierRepair.Clip, 16, FindingKind.OutOfRange, FindingOutcome.Refused)]
    public void A_value_beyond_sixteen_times_what_the_others_confirm_is_an_outlier(
        OutlierRepair repair, double value, FindingKind kind, FindingOutcome outcome)
    {
        var log = new FindingLog();
        ValueRange[] ranges = [Range([1, 1, 1]), Range([.. Enumerable.Repeat(1.0, 20), 1000, .. Enumerable.Repeat(1.0, 20)])];
        Assert.Equal(16, ranges[1].Limit);

        Store(Channels(1, 1e-4), ranges, [0, value], new RepairOptions { Outliers = repair }, log);

        var finding = Assert.Single(log.All);
        Assert.Equal((kind, outcome), (finding.Kind, finding.Outcome));
        if (kind == FindingKind.Outlier)
        {
            Assert.Equal(FormattableString.Invariant($"a.csv, line 9, column c1: {value}, the others reach 1"), Assert.Single(finding.Examples));
        }
    }

    [Theory]
    [InlineData(OutlierRepair.Keep, 32.0)]
    [InlineData(OutlierRepair.Clip, 1.0 / 16384)]
    [InlineData(OutlierRepair.Refuse, 1.0 / 16384)]
    public void Steps_suit_the_values_that_are_no_error_and_stated_ones_stay(OutlierRepair repair, double scale)
    {
        SourceChannel[] channels = [new("c0", "g"), new("c1", "m/s2", 0.5)];
        ValueRange[] ranges = [Range([.. Enumerable.Repeat(1.0, 20), 1e6, .. Enumerable.Repeat(1.0, 20)]), Range([1, 2, 3])];

        Assert.Equal([new ChannelInfo("c0", "g", scale), new ChannelInfo("c1", "m/s2", 0.5)],
            Quantizer.ChannelsOf(channels, ranges, new RepairOptions { Outliers = repair }));
    }

    [Theory]
    [InlineData("acc_x:g", "acc_x", "g", null)]
    [InlineData("acc x:m/s2:0.5", "acc x", "m/s2", 0.5)]
    public void Channels_are_read_from_text(string text, string name, string unit, double? scale) =>
        Assert.Equal(new SourceChannel(name, unit, scale), SourceChannel.Parse(text));

    [Theory]
    [InlineData("acc_x")]
    [InlineData(":g")]
    [InlineData("acc_x:")]
    [InlineData("acc_x:g:0")]
    [InlineData("acc_x:g:NaN")]
    [InlineData("acc_x:g:1:2")]
    public void What_is_no_channel_is_refused(string text) =>
        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => SourceChannel.Parse(text)).Error);

    [Theory]
    [InlineData("{subject}_{label}_*", "eve_WALK_01.csv", "WALK", "eve")]
    [InlineData("{label}/{subject}", "WALK/eve.csv", "WALK", "eve")]
    [InlineData("*-{label}", "a-b-RUN.csv", "RUN", null)]
    public void File_names_tell_label_and_subject(string pattern, string name, string label, string? subject) =>
        Assert.Equal((label, subject), new FileNamePattern(pattern).Match(name, new FindingLog()));

    [Fact]
    public void A_name_of_another_form_is_found()
    {
        var log = new FindingLog();

        Assert.Null(new FileNamePattern("{subject}_{label}").Match("walk.csv", log));
        Assert.Equal(FindingKind.BadFileName, Assert.Single(log.All).Kind);
        Assert.Throws<DataException>(() => new FileNamePattern("plain"));
        Assert.Throws<DataException>(() => new FileNamePattern("{label}_{speed}"));
    }

    private static ChannelInfo[] Channels(params double[] scales) => [.. scales.Select((scale, i) => new ChannelInfo($"c{i}", "g", scale))];

    private static ValueRange Range(double[] values)
    {
        var range = new ValueRange();
        Array.ForEach(values, range.Add);
        range.Cut();
        return range;
    }

    /// <summary>The steps of one sample, of channels in which nothing is an outlier.</summary>
    private static short[] Stored(ChannelInfo[] channels, double[] values, RepairOptions repairs, FindingLog log) =>
        Store(channels, [.. values.Select(value => Range([value]))], values, repairs, log);

    private static short[] Store(ChannelInfo[] channels, ValueRange[] ranges, double[] values, RepairOptions repairs, FindingLog log)
    {
        short[] steps = new short[channels.Length];
        new Quantizer(channels, ranges, repairs, log)
            .Store(new SourcePlace("a.csv", "line"), new SourceSample(9, 0, values, ""), steps);
        return steps;
    }
}

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
}

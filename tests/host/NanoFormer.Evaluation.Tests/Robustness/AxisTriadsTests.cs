using NanoFormer.Data;
using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Evaluation.Tests.Robustness;

public sealed class AxisTriadsTests
{
    [Fact]
    public void Axes_of_one_sensor_belong_together()
    {
        string[] names = new[] { "pressure", "acc_x", "acc_y", "acc_z", "GyroX", "GyroY", "GyroZ" };
        var triads = AxisTriads.Find([.. names.Select((name, i) => new ChannelInfo(name, i < 4 ? "g" : "rad/s", 1))]);

        Assert.Equal([[1, 2, 3], [4, 5, 6]], triads);
    }

    [Theory]
    [InlineData("acc_x", "acc_z", "acc_y")]
    [InlineData("acc_x", "acc_y", "gyro_z")]
    [InlineData("acc_x", "acc_y", "")]
    public void Other_names_do_not(string first, string second, string third) =>
        Assert.Empty(AxisTriads.Find([new(first, "g", 1), new(second, "g", 1), new(third, "g", 1)]));

    [Fact]
    public void Other_units_do_not() => Assert.Empty(AxisTriads.Find([new("a_x", "g", 1), new("a_y", "g", 1), new("a_z", "rad/s", 1)]));

    [Fact]
    public void Fewer_than_three_channels_have_none() => Assert.Empty(AxisTriads.Find([new("x", "g", 1)]));
}

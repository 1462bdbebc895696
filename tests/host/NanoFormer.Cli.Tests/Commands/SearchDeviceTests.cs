using NanoFormer.Board;
using NanoFormer.Cli.Commands;
using NanoFormer.Emulator;
using NanoFormer.Search.Costs;

namespace NanoFormer.Cli.Tests.Commands;

public class SearchDeviceTests
{
    [Theory]
    [InlineData("ESP32", "xtensa", 0x20000)]
    [InlineData("ESP32_C3", "rv32", 0x20000)]
    public void An_esp32_has_a_core_and_room_for_a_model(string name, string core, int flash)
    {
        var device = SearchDevice.Find(name);

        Assert.Equal(core, device.Core.Name);
        Assert.Equal(32768, device.Limits.ArenaBytes);
        Assert.Equal(flash, device.Limits.FlashBytes); // the model's partition
    }

    [Fact]
    public void Every_board_of_the_power_table_has_an_emulated_core_and_a_known_name() =>
        Assert.All(PowerFigures.Shipped.Boards, board => Assert.Contains(CoreTarget.All, core => core.Name == board.Core && SearchDevice.Find(board.Id).Core == core));

    [Fact]
    public void A_board_without_a_name_for_flashing_limits_nothing() =>
        Assert.Equal(new DeviceBudget(null, null, null), SearchDevice.Find("stm32l4r5").Limits);

    [Fact]
    public void An_unknown_board_is_refused_by_name() =>
        Assert.Equal("UNKNOWN_BOARD", Assert.Throws<CommandFailure>(() => SearchDevice.Find("abacus")).Name);
}

using NanoFormer.Board;
using NanoFormer.Cli.Models;
using NanoFormer.Emulator;
using NanoFormer.Model;
using NanoFormer.Search.Costs;

namespace NanoFormer.Cli.Tests;

public class TargetDeviceTests
{
    [Theory]
    [InlineData("ESP32", "xtensa", 0x20000)]
    [InlineData("ESP32_C3", "rv32", 0x20000)]
    public void An_esp32_has_a_core_and_room_for_a_model(string name, string core, int flash)
    {
        var device = TargetDevice.Find(name);

        Assert.Equal(core, device.Core.Name);
        Assert.Equal(32768, device.Limits.ArenaBytes);
        Assert.Equal(flash, device.Limits.FlashBytes); // the model's partition
    }

    [Fact]
    public void Every_board_of_the_power_table_has_an_emulated_core_and_a_known_name() =>
        Assert.All(PowerFigures.Shipped.Boards, board => Assert.Contains(CoreTarget.All, core => core.Name == board.Core && TargetDevice.Find(board.Id).Core == core));

    [Fact]
    public void A_board_without_a_name_for_flashing_limits_nothing() =>
        Assert.Equal(new DeviceBudget(null, null, null), TargetDevice.Find("stm32l4r5").Limits);

    [Theory]
    [InlineData("STM32F769I_DISCOVERY", "cortex-m7")]
    [InlineData("stm32f429i_discovery", "cortex-m4")]
    [InlineData("PICO2_RP2350", "cortex-m33")]
    [InlineData("M5CORE2", "xtensa")]
    [InlineData("cortex-m4", "cortex-m4")]
    public void Every_board_that_can_be_flashed_has_a_core(string name, string core) => Assert.Equal(core, TargetDevice.Find(name).Core.Name);

    [Fact]
    public void An_image_is_packed_for_a_board_with_the_flash_whose_core_gains()
    {
        long packed = PackedSection.Append(ShippedModel.Image).Length;
        var board = TargetDevice.Find("STM32F429I_DISCOVERY");
        TargetDevice Of(long flash) => board with { Limits = board.Limits with { FlashBytes = flash } };

        Assert.True(board.Limits.FlashBytes >= packed);
        Assert.True(board.IsPackingWorth(ShippedModel.Image));
        Assert.True(Of(packed).IsPackingWorth(ShippedModel.Image));
        Assert.False(Of(packed - 1).IsPackingWorth(ShippedModel.Image));
        Assert.False(TargetDevice.Find("ESP32").IsPackingWorth(ShippedModel.Image));
    }

    [Fact]
    public void An_unknown_board_is_refused_by_name() =>
        Assert.Equal("UNKNOWN_BOARD", Assert.Throws<CommandFailure>(() => TargetDevice.Find("abacus")).Name);
}

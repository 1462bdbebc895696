namespace NanoFormer.Flash.Tests;

public class PlacementTests
{
    [Fact]
    public void The_model_is_found_inside_the_firmware_and_the_application()
    {
        long Address(ModelStrategy strategy) => FlashCase.Plan(FlashCase.Request("ESP32_REV3", strategy)).Model.Address;

        Assert.Equal(0x10000 + FlashCase.InnerOffset, Address(ModelStrategy.Clr));
        Assert.Equal(0x1E0000 + FlashCase.InnerOffset, Address(ModelStrategy.Resource));
    }

    [Fact]
    public void A_family_or_strategy_that_is_none_is_refused()
    {
        var request = FlashCase.Request("STM32F769I_DISCOVERY");

        Assert.Throws<ArgumentOutOfRangeException>(() => FlashCase.Plan(request with { Strategy = (ModelStrategy)99 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FlashCase.Plan(request with { Firmware = null, Board = request.Board with { Family = (BoardFamily)99 } }));
    }

    [Theory]
    [InlineData(ModelStrategy.Clr)]
    [InlineData(ModelStrategy.Resource)]
    public void A_container_with_another_model_is_refused(ModelStrategy strategy)
    {
        var other = new FlashFile("other.nfm", [.. FlashCase.Image.Reverse()]);
        var request = FlashCase.Request("ESP32_S3", strategy);

        Assert.Equal(FlashError.ModelNotInside, FlashCase.Refused(request with { Model = request.Model with { File = other } }).Error);
    }

    [Fact]
    public void A_resource_at_an_odd_address_is_refused()
    {
        var application = new FlashFile("App.bin", FlashCase.Containing("NFMRK1"u8, FlashCase.InnerOffset + 1, 16));

        var request = FlashCase.Request("ESP32_C3", ModelStrategy.Resource) with { Application = application };

        var refused = FlashCase.Refused(request);

        Assert.Equal(FlashError.ModelMisaligned, refused.Error);
        Assert.Contains("0x1B1231", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_model_fills_its_partition_and_no_byte_more(int excess, bool isRefused)
    {
        var request = FlashCase.Request("ESP32_REV3");
        var model = new FlashFile("model.nfm", new byte[0x20000 + excess]);
        request = request with { Model = request.Model with { File = model } };
        if (!isRefused)
        {
            Assert.Equal(0x20000, FlashCase.Plan(request).Model.Bytes);
            return;
        }

        var refused = FlashCase.Refused(request);
        Assert.Equal(FlashError.ModelTooLarge, refused.Error);
        Assert.Contains(", 1 bytes more than 'model' (131072 bytes)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ESP32_REV3", 0x1C0000)]
    [InlineData("STM32F769I_DISCOVERY", 0x100000)]
    public void An_application_must_fit_the_deployment_area(string board, int room)
    {
        byte[] image = new byte[room + 16];
        "NFMRK1"u8.CopyTo(image);

        var refused = FlashCase.Refused(FlashCase.Request(board) with { Application = new FlashFile("App.bin", image) });

        Assert.Equal(FlashError.ApplicationTooLarge, refused.Error);
        Assert.Contains(" 16 bytes more ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Firmware_must_fit_its_partition_and_be_a_bin_file()
    {
        var request = FlashCase.Request("ESP32_REV3");
        var large = new FlashFile("nanoCLR.bin", [.. FlashCase.Firmware(request.Board).Bytes, .. new byte[0x1D0000]]);

        Assert.Equal(FlashError.FirmwareTooLarge, FlashCase.Refused(request with { Firmware = large }).Error);
        Assert.Equal(FlashError.NotFirmware, FlashCase.Refused(request with { Firmware = large with { Path = "nanoCLR.hex" } }).Error);

        var linked = FlashCase.Request("ESP32_S3", ModelStrategy.Clr) with { Firmware = null };
        Assert.Equal(FlashError.NoFirmware, FlashCase.Refused(linked).Error);
    }

    [Fact]
    public void An_arena_must_fit_the_boards_budget()
    {
        var request = FlashCase.Request("STM32F429I_DISCOVERY");
        var greedy = request.Model with { ArenaBytes = request.Board.ArenaBudgetBytes + 16 };

        var refused = FlashCase.Refused(request with { Model = greedy });

        Assert.Equal(FlashError.ArenaTooLarge, refused.Error);
        Assert.Contains(" 16 bytes more ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_deployment_image_is_refused()
    {
        var file = new FlashFile("App.exe", "MZ, a program for Windows"u8.ToArray());

        Assert.Equal(FlashError.NotAnApplication, FlashCase.Refused(FlashCase.Request("ESP32_REV3") with { Application = file }).Error);
    }

    [Fact]
    public void A_table_of_ones_own_is_checked_for_the_flash_and_the_mmu()
    {
        const string Start = "factory, app, factory, 0x10000, 0x1D0000\ndeploy, data, 0x84, 0x1E0000, 0x100000\n";
        var request = FlashCase.Request("ESP32_REV3");
        FlashRequest With(string line) => request with { Table = PartitionTable.Parse("own.csv", Start + line) };

        Assert.Equal(0x300000, FlashCase.Plan(With("model, data, 0x85, 0x300000, 0x10000")).Model.Address);
        Assert.Equal(FlashError.ModelMisaligned, FlashCase.Refused(With("model, data, 0x85, 0x301000, 0x10000")).Error);
        Assert.Equal(FlashError.BadPartitionTable, FlashCase.Refused(With("model, data, 0x85, 0x3F0000, 0x11000")).Error);
        Assert.Equal(FlashError.BadPartitionTable, FlashCase.Refused(With("")).Error);
    }

    [Fact]
    public void A_firmware_is_one_of_the_boards_chip()
    {
        var request = FlashCase.Request("ESP32_REV3");
        byte[] good = FlashCase.Firmware(request.Board).Bytes;
        string Fault(byte[] bytes, FlashRequest? other = null)
        {
            var asked = (other ?? request) with { Firmware = new FlashFile("nanoCLR.bin", bytes) };
            var refused = FlashCase.Refused(asked);
            Assert.Equal(FlashError.NotFirmware, refused.Error);
            return refused.Message;
        }

        Assert.Contains("is empty", Fault([]), StringComparison.Ordinal);
        Assert.Contains("--app", Fault(FlashCase.Application.Bytes), StringComparison.Ordinal);
        Assert.Contains("instead of 0xE9", Fault("ELF"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault(good[..20]), StringComparison.Ordinal);
        Assert.Contains("for ESP32-S3, the board has an ESP32", Fault(FlashCase.Firmware(BoardCatalog.Shipped.Find("ESP32_S3")).Bytes), StringComparison.Ordinal);

        // Two segments, of which the second ends with the file.
        byte[] image = [.. good[..24], 0, 0, 8, 0x40, 4, 0, 0, 0, 1, 2, 3, 4, 0, 0, 8, 0x40, 2, 0, 0, 0, 1, 2];
        image[1] = 2;
        var plan = FlashCase.Plan(request with { Firmware = new FlashFile("nanoCLR.bin", image) });
        Assert.Equal(image.Length, plan.Firmware!.Bytes);
        Assert.Contains("cut off", Fault(image[..^1]), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault(image[..^3]), StringComparison.Ordinal);

        // An STM32 begins with its vectors: nanoBooter's lie elsewhere.
        var stm = FlashCase.Request("STM32F429I_DISCOVERY");
        Assert.Contains("outside 'nanoclr'", Fault([0, 4, 0, 0x20, 0x01, 2, 0, 8], stm), StringComparison.Ordinal);
        Assert.Contains("another board", Fault(FlashCase.Firmware(BoardCatalog.Shipped.Find("STM32F769I_DISCOVERY")).Bytes[..4096].Select((b, i) => i == 6 ? (byte)0x0F : b).ToArray(), stm), StringComparison.Ordinal);
        Assert.Contains("stack", Fault(good, stm), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault([1, 2, 3], stm), StringComparison.Ordinal);
    }

    [Fact]
    public void A_firmware_without_a_debugger_is_taken_and_told()
    {
        var request = FlashCase.Request("ESP32_REV3");
        string Text(byte[] firmware) =>
            string.Join('\n', FlashPlanText.Lines(FlashCase.Plan(request with { Firmware = new FlashFile("nanoCLR.bin", firmware) })));

        byte[] bytes = FlashCase.Firmware(request.Board).Bytes;
        Assert.DoesNotContain("RTM", Text(bytes), StringComparison.Ordinal);
        bytes.AsSpan(0x100, 32).Clear();
        Assert.Contains("built as RTM", Text(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_must_have_what_flasher_and_application_take_for_granted()
    {
        const string Start = "factory, app, factory, 0x10000, 0x1D0000\ndeploy, data, 0x84, 0x1E0000, 0x100000\n";
        var request = FlashCase.Request("ESP32_REV3");
        string Fault(string csv)
        {
            var refused = FlashCase.Refused(request with { Table = PartitionTable.Parse("own.csv", csv) });
            Assert.Equal(FlashError.BadPartitionTable, refused.Error);
            return refused.Message;
        }

        Assert.Contains("'weights'", Fault(Start + "weights, data, 0x85, 0x300000, 0x10000"), StringComparison.Ordinal);
        Assert.Contains("'Model'", Fault(Start + "Model, data, 0x85, 0x300000, 0x10000"), StringComparison.Ordinal);
        Assert.Contains("0x10000", Fault("factory, app, factory, 0x20000, 0x1C0000\ndeploy, data, 0x84, 0x1E0000, 0x100000\nmodel, data, 0x85, 3M, 64K"), StringComparison.Ordinal);
        Assert.Contains("boot loader", Fault("nvs, data, nvs, 0x8000, 0x6000\n" + Start + "model, data, 0x85, 0x300000, 0x10000"), StringComparison.Ordinal);
        Assert.Contains("data,0x85", Fault(""), StringComparison.Ordinal);

        // At an address of its own, a model has no label.
        var atAddress = request with
        {
            Strategy = ModelStrategy.Address,
            Table = PartitionTable.Parse("own.csv", Start + "weights, data, 0x85, 0x300000, 0x10000"),
        };
        Assert.Equal(0x300000, FlashCase.Plan(atAddress).Model.Address);
    }

    [Fact]
    public void A_Picos_firmware_is_whole_and_writes_no_other_flash()
    {
        var request = FlashCase.Request("PICO2_RP2350");
        byte[] good = FlashCase.Firmware(request.Board).Bytes;
        string Fault(string path, Action<byte[]> damage, int length = int.MaxValue)
        {
            byte[] bytes = good[..Math.Min(length, good.Length)];
            damage(bytes);
            var refused = FlashCase.Refused(request with { Firmware = new FlashFile(path, bytes) });
            Assert.Equal(FlashError.NotFirmware, refused.Error);
            return refused.Message;
        }

        Assert.Equal(0x10000000, FlashCase.Plan(request).Firmware!.Address);
        Assert.Contains("no .uf2 file", Fault("nanoCLR.bin", _ => { }), StringComparison.Ordinal);
        Assert.Contains("over nanoBooter", Fault("nanoCLR.uf2", bytes => bytes[0] = 0), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault("nanoCLR.uf2", _ => { }, good.Length - 1), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault("nanoCLR.uf2", _ => { }, good.Length - 512), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault("nanoCLR.uf2", bytes => bytes[512 + 508] ^= 1), StringComparison.Ordinal);
        Assert.Contains("not for an RP2350", Fault("nanoCLR.uf2", bytes => bytes[512 + 28] = 0x56), StringComparison.Ordinal);
        Assert.Contains("would write 0x10FF0100", Fault("nanoCLR.uf2", bytes => bytes[512 + 14] = 0xFF), StringComparison.Ordinal);
    }
}

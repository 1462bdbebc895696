namespace NanoFormer.Flash.Tests;

public class DryRunTests
{
    public static TheoryData<string> Boards => [.. BoardCatalog.Shipped.Boards.Select(board => board.Id)];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Plans_of_every_layout_and_strategy_are_as_committed(string id)
    {
        var board = BoardCatalog.Shipped.Find(id);
        var lines = new List<string>();
        foreach (var layout in board.Layouts)
        {
            foreach (var strategy in board.Strategies)
            {
                var plan = FlashCase.Plan(FlashCase.Request(id, strategy, layout.FlashMegabytes));
                lines.Add($"==== {layout.FlashMegabytes} MB, {strategy}");
                lines.AddRange(FlashPlanText.Lines(plan).Select(line => line.Replace('\\', '/')));
                lines.Add("");
            }
        }

        GoldenFile.AssertEqual($"{id}.txt", lines);
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void No_application_is_left_to_the_default_address(string id)
    {
        var plan = FlashCase.Plan(FlashCase.Request(id));

        Assert.All(plan.Steps.Where(step => step.Arguments.Contains("--image")), step => Assert.Contains("--address", step.Arguments));
        Assert.All(plan.Steps.Where(step => step.Arguments.Contains("--update")), step => Assert.DoesNotContain("--image", step.Arguments));
        Assert.EndsWith(" App.bin", plan.Steps[^1].Command.Split(" --address")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_firmware_only_table_model_and_application_are_written()
    {
        var plan = FlashCase.Plan(FlashCase.Request("ESP32_REV3") with { Firmware = null, Port = null });

        Assert.Equal(["partition table", "model", "application"], plan.Steps.Select(step => step.Title));
        Assert.All(plan.Steps, step => Assert.Contains("--serialport PORT", step.Command, StringComparison.Ordinal));
    }
}

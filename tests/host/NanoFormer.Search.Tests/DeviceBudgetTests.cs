using NanoFormer.Search.Costs;

namespace NanoFormer.Search.Tests;

public sealed class DeviceBudgetTests
{
    [Theory]
    [InlineData("flash=64K,arena=16K,instructions=2M", 65536L, 16384L, 2_000_000L)]
    [InlineData("instructions=1.5m", null, null, 1_500_000L)]
    [InlineData("arena=4096, flash=24k", 24576L, 4096L, null)]
    public void A_budget_is_read(string text, long? flash, long? arena, long? instructions)
    {
        var budget = DeviceBudget.Parse(text);

        Assert.Equal(new DeviceBudget(flash, arena, instructions), budget);
        Assert.Equal(budget, DeviceBudget.Parse(budget.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("flash")]
    [InlineData("ram=4K")]
    [InlineData("flash=many")]
    [InlineData("flash=0")]
    [InlineData("flash=-1K")]
    [InlineData("flash=9999999M")]
    [InlineData("flash=1K,flash=2K")]
    [InlineData("flash=1K,")]
    public void What_is_no_budget_is_refused(string text) =>
        Assert.Equal(SearchError.BadBudget, Assert.Throws<SearchException>(() => DeviceBudget.Parse(text)).Error);

    [Fact]
    public void A_boards_limits_hold_where_the_budget_names_none() =>
        Assert.Equal(new DeviceBudget(1000, 32768, 5), new DeviceBudget(1000, null, 5).Or(new DeviceBudget(9000, 32768, null)));

    [Fact]
    public void The_limit_exceeded_is_named()
    {
        var budget = new DeviceBudget(1000, 100, 10);
        var costs = new CandidateCosts(1000, 100, 5, 10, true);

        Assert.Null(budget.Excess(costs));
        Assert.Equal("flash 1001 > 1000", budget.Excess(costs with { ImageBytes = 1001 }));
        Assert.Equal("arena 101 > 100", budget.Excess(costs with { ArenaBytes = 101 }));
        Assert.Equal("instructions 11 > 10", budget.Excess(costs with { Instructions = 11 }));
        Assert.Null(budget.Excess(costs with { Instructions = null }));
        Assert.Null(new DeviceBudget(null, null, null).Excess(costs with { ImageBytes = int.MaxValue }));
    }
}

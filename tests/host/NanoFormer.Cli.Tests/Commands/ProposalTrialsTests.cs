using NanoFormer.Cli.New;

namespace NanoFormer.Cli.Tests.Commands;

public class ProposalTrialsTests
{
    [Theory]
    [InlineData(0.88, 0.97, 1)]
    [InlineData(0.90, 0.92, 0)] // less than 300 windows can tell
    [InlineData(0.90, 0.80, 0)]
    public void On_one_part_another_proposal_must_be_better_by_more_than_so_few_windows_can_tell(double first, double other, int best) =>
        Assert.Equal(best, ProposalTrials.Best([[first], [other]], windows: 300));

    [Fact]
    public void On_several_parts_the_differences_tell_chance_from_gain()
    {
        double?[] first = [0.90, 0.80, 0.85, 0.70];

        Assert.Equal(1, ProposalTrials.Best([first, [0.92, 0.82, 0.87, 0.72]], windows: 300));
        Assert.Equal(0, ProposalTrials.Best([first, [0.99, 0.79, 0.86, 0.69]], windows: 300)); // one part alone
        Assert.Equal(2, ProposalTrials.Best([first, [0.91, 0.82, 0.85, 0.73], [0.93, 0.82, 0.88, 0.73]], windows: 300));
    }

    [Fact]
    public void A_proposal_that_failed_is_never_taken_unless_all_did()
    {
        Assert.Equal(1, ProposalTrials.Best([[null], [0.5]], windows: 300));
        Assert.Equal(0, ProposalTrials.Best([[0.5, 0.5], [0.9, null]], windows: 300));
        Assert.Equal(0, ProposalTrials.Best([[null], [null]], windows: 300));
    }
}

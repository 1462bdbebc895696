namespace NanoFormer.Evaluation.Opponents;

/// <summary>
/// A random forest (Breiman, Random Forests, Machine Learning 45, 2001): trees of bootstrap samples that part rows by the best of a few
/// features drawn at each node. Written here because ML.NET's forest tells two classes only: one against the
/// rest of eight classes took it 200 times as long.
/// </summary>
public sealed class RandomForest
{
    private const int LeastRows = 2;  // of a leaf
    private const int Thresholds = 16; // tried for each feature, at values of rows drawn at random

    private readonly Tree[] _trees;
    private readonly int _classes;

    private RandomForest(Tree[] trees, int classes) => (_trees, _classes) = (trees, classes);

    /// <summary>Grows a forest; the same seed gives the same one.</summary>
    /// <param name="rows">Features, float <c>[rows][features]</c>.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="trees">How many trees to grow.</param>
    /// <param name="seed">Seed of everything random.</param>
    public static RandomForest Grow(float[][] rows, int[] labels, int classes, int trees = 150, int seed = 1)
    {
        var grown = new Tree[trees];
        for (int tree = 0; tree < trees; tree++)
        {
            grown[tree] = new Grower(rows, labels, classes, new Random(unchecked((seed * 1_000_003) + tree))).Grow();
        }

        return new RandomForest(grown, classes);
    }

    /// <summary>The class that most of the trees' leaves speak for; the first of equals.</summary>
    public int Predict(float[] row)
    {
        double[] votes = new double[_classes];
        foreach (var tree in _trees)
        {
            int node = 0;
            while (tree.Features[node] >= 0)
            {
                node = row[tree.Features[node]] <= tree.Limits[node] ? node + 1 : tree.Right[node];
            }

            double[] leaf = tree.Leaves[tree.Right[node]];
            for (int i = 0; i < _classes; i++)
            {
                votes[i] += leaf[i];
            }
        }

        return Array.IndexOf(votes, votes.Max());
    }

    /// <summary>Nodes in the order of their making, the left child behind its parent; Right of a leaf is the number of its shares.</summary>
    private sealed record Tree(int[] Features, float[] Limits, int[] Right, double[][] Leaves);

    private sealed class Grower(float[][] rows, int[] labels, int classes, Random random)
    {
        private readonly List<int> _features = [];
        private readonly List<float> _limits = [];
        private readonly List<int> _right = [];
        private readonly List<double[]> _leaves = [];
        private readonly int _tried = Math.Max(1, (int)Math.Sqrt(rows[0].Length));

        public Tree Grow()
        {
            int[] drawn = [.. Enumerable.Range(0, rows.Length).Select(_ => random.Next(rows.Length))];
            Node(drawn);
            return new Tree([.. _features], [.. _limits], [.. _right], [.. _leaves]);
        }

        private void Node(Span<int> own)
        {
            double[] counts = Count(own);
            if (own.Length < 2 * LeastRows || counts.Count(count => count > 0) == 1 || Best(own, counts) is not (var feature, var limit))
            {
                double sum = counts.Sum();
                Add(-1, 0, _leaves.Count);
                _leaves.Add([.. counts.Select(count => count / sum)]);
                return;
            }

            int node = _features.Count;
            Add(feature, limit, 0);
            int left = 0;
            for (int i = 0; i < own.Length; i++)
            {
                if (rows[own[i]][feature] <= limit)
                {
                    (own[left], own[i]) = (own[i], own[left]);
                    left++;
                }
            }

            Node(own[..left]);
            _right[node] = _features.Count;
            Node(own[left..]);
        }

        private void Add(int feature, float limit, int right)
        {
            _features.Add(feature);
            _limits.Add(limit);
            _right.Add(right);
        }

        private double[] Count(ReadOnlySpan<int> own)
        {
            double[] counts = new double[classes];
            foreach (int row in own)
            {
                counts[labels[row]]++;
            }

            return counts;
        }

        /// <summary>The feature and limit that part the classes best (Gini); null when none parts them at all.</summary>
        private (int Feature, float Limit)? Best(ReadOnlySpan<int> own, double[] counts)
        {
            (int Feature, float Limit)? best = null;
            double highest = Purity(counts) + 1e-9;
            double[] left = new double[counts.Length];
            double[] right = new double[counts.Length];
            for (int i = 0; i < _tried; i++)
            {
                int feature = random.Next(rows[0].Length);
                for (int k = 0; k < Math.Min(Thresholds, own.Length); k++)
                {
                    float limit = (rows[own[random.Next(own.Length)]][feature] + rows[own[random.Next(own.Length)]][feature]) / 2;
                    Array.Clear(left);
                    int rowsLeft = 0;
                    foreach (int row in own)
                    {
                        if (rows[row][feature] <= limit)
                        {
                            left[labels[row]]++;
                            rowsLeft++;
                        }
                    }

                    if (rowsLeft < LeastRows || own.Length - rowsLeft < LeastRows)
                    {
                        continue;
                    }

                    for (int c = 0; c < counts.Length; c++)
                    {
                        right[c] = counts[c] - left[c];
                    }

                    double purity = Purity(left) + Purity(right);
                    if (purity > highest)
                    {
                        (highest, best) = (purity, (feature, limit));
                    }
                }
            }

            return best;
        }

        /// <summary>Sum of squares over the sum: the higher, the fewer classes share a node.</summary>
        private static double Purity(double[] counts)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (double count in counts)
            {
                sum += count;
                squares += count * count;
            }

            return sum > 0 ? squares / sum : 0;
        }
    }
}

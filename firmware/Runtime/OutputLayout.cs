using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Which of a model's outputs are classes and which are scores, and from which score on there is an alarm.</summary>
    /// <remarks>Classes come first, scores after them. A score is a value of the output plus 128, 0..255; the largest one counts.</remarks>
    public sealed class OutputLayout
    {
        /// <summary>Stands for the score of a model without scores.</summary>
        public const int NoScore = -1;

        /// <summary>An alarm threshold that no score reaches.</summary>
        public const int NoAlarm = -32768;

        private const int ZeroScore = -128;

        /// <summary>Sets the layout.</summary>
        /// <param name="classCount">Classes, 0..outputCount.</param>
        /// <param name="outputCount">Values in the output.</param>
        /// <param name="alarmThreshold">Output value, -128..127, from which on a score is an alarm; <see cref="NoAlarm"/> for none.</param>
        public OutputLayout(int classCount, int outputCount, int alarmThreshold)
        {
            ClassCount = classCount;
            OutputCount = outputCount;
            AlarmScore = alarmThreshold == NoAlarm || classCount == outputCount ? NoScore : alarmThreshold - ZeroScore;
        }

        /// <summary>How many of the outputs are classes.</summary>
        public int ClassCount { get; }

        /// <summary>Values in the output.</summary>
        public int OutputCount { get; }

        /// <summary>Score from which on there is an alarm, 0..255, or <see cref="NoScore"/> when there never is.</summary>
        public int AlarmScore { get; }

        /// <summary>The layout that a model's image states.</summary>
        public static OutputLayout Of(ModelInfo model)
        {
            return new OutputLayout(model.ClassCount, model.OutputCount, model.AlarmThreshold);
        }

        /// <summary>The largest score in an output, 0..255, or <see cref="NoScore"/>.</summary>
        public int ScoreOf(sbyte[] output)
        {
            int score = NoScore;
            for (int i = ClassCount; i < OutputCount; i++)
            {
                int value = output[i] - ZeroScore;
                score = value > score ? value : score;
            }

            return score;
        }
    }
}

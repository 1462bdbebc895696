using System;
using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Watches one installation: learns what is usual on its channels, then tells how far from that it is.</summary>
    /// <remarks>
    ///   samples --> baseline (the first ones, known to be normal) --> against it, in spreads --> blocks --> window --> model --> score --> priority
    /// For sensors of any kind and unit: a model for it has channels in <see cref="Unit"/>, an anomaly score and an alarm threshold.
    /// </remarks>
    public sealed class InstallationMonitor
    {
        /// <summary>Unit of the channels of a model for this.</summary>
        public const string Unit = "spread";

        private const int HighestScore = 255;

        private readonly Transformer _transformer;
        private readonly OutputLayout _layout;
        private readonly InstallationSettings _settings;
        private readonly InferenceLog _log;
        private readonly BlockAverage _blocks;
        private readonly SampleWindow _window;
        private readonly short[] _normalized;
        private readonly sbyte[] _output;
        private readonly int _channels;
        private short[] _learning;
        private int _learnt;

        /// <summary>A monitor that begins by learning.</summary>
        /// <param name="transformer">The model.</param>
        /// <param name="settings">What the model was trained with.</param>
        /// <param name="log">Gets a record of every change of priority; null for none.</param>
        /// <exception cref="ArgumentException">The model is for something else.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
        public InstallationMonitor(Transformer transformer, InstallationSettings settings, InferenceLog log = null)
        {
            var model = transformer.Info;
            _transformer = transformer;
            _settings = settings;
            _log = log;
            _layout = OutputLayout.Of(model);
            if (!IsFor(model) || _layout.AlarmScore == OutputLayout.NoScore)
            {
                throw new ArgumentException("The model has other channels than spreads, or no alarm threshold.");
            }

            if (settings.BaselineSamples < ChannelBaseline.FewestSamples || settings.LimitPermille < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(settings));
            }

            _channels = model.ChannelCount;
            _blocks = new BlockAverage(settings.BlockSamples, _channels);
            _window = new SampleWindow(model.WindowSamples, model.HopSamples, _channels);
            _normalized = new short[_channels];
            _output = new sbyte[model.OutputCount];
            Learn();
        }

        /// <summary>A monitor that knows its installation from earlier.</summary>
        /// <param name="transformer">The model.</param>
        /// <param name="settings">What the model was trained with.</param>
        /// <param name="learnt">What <see cref="ToNumbers"/> gave.</param>
        /// <param name="log">Gets a record of every change of priority; null for none.</param>
        /// <exception cref="ArgumentException">The model is for something else, or the numbers are of another model.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A setting or a number is out of its range.</exception>
        public InstallationMonitor(Transformer transformer, InstallationSettings settings, int[] learnt, InferenceLog log = null)
            : this(transformer, settings, log)
        {
            if (learnt.Length != 1 + (2 * _channels))
            {
                throw new ArgumentException("What was learnt is of another number of channels than the model's.");
            }

            int[] numbers = new int[2 * _channels];
            Array.Copy(learnt, 1, numbers, 0, numbers.Length);
            Baseline = new ChannelBaseline(numbers);
            SetLimit(learnt[0]);
            _learning = null;
        }

        /// <summary>What is usual; null while that is being learnt.</summary>
        public ChannelBaseline Baseline { get; private set; }

        /// <summary>The last score, 0..255, or <see cref="OutputLayout.NoScore"/> before the first.</summary>
        public int Score { get; private set; }

        /// <summary>The score from which on this installation is anomalous.</summary>
        public int Limit { get; private set; }

        /// <summary>Whether the last score reaches the limit.</summary>
        public bool IsAnomalous { get; private set; }

        /// <summary>How much the scores call for somebody, and how rare they are on this installation; starts again with its limit.</summary>
        public AlarmMonitor Alarms { get; private set; }

        /// <summary>What was learnt, to be kept over a restart: limit, then the baseline's numbers; null while learning.</summary>
        public int[] ToNumbers()
        {
            if (Baseline == null)
            {
                return null;
            }

            int[] learnt = new int[1 + (2 * _channels)];
            learnt[0] = Limit;
            Array.Copy(Baseline.ToNumbers(), 0, learnt, 1, 2 * _channels);
            return learnt;
        }

        /// <summary>Starts again, as after a repair: the next samples must be of normal operation.</summary>
        public void Learn()
        {
            Baseline = null;
            _learning = new short[_settings.BaselineSamples * _channels];
            _learnt = 0;
            bool wasUnusual = Alarms != null && Alarms.Priority != AlarmPriority.None;
            SetLimit(_layout.AlarmScore);
            if (wasUnusual)
            {
                Report(0);
            }

            Restart();
        }

        /// <summary>Drops an unfinished block and window, as after a gap; what is usual and the priority stay known.</summary>
        public void Restart()
        {
            _blocks.Restart();
            _window.Restart();
            Score = OutputLayout.NoScore;
            IsAnomalous = false;
        }

        /// <summary>Takes in a sample of raw values, one for each channel.</summary>
        /// <returns>True when there is a new <see cref="Score"/>; it is about the last block of samples.</returns>
        /// <exception cref="ArgumentException">The sample has another number of values.</exception>
        public bool Add(short[] sample)
        {
            if (sample.Length != _channels)
            {
                throw new ArgumentException("The sample has another number of values than the model has channels.");
            }

            if (Baseline != null)
            {
                return TakeIn(sample, 0) && Judge();
            }

            Array.Copy(sample, 0, _learning, _learnt * _channels, _channels);
            _learnt++;
            if (_learnt == _settings.BaselineSamples)
            {
                Conclude();
            }

            return false;
        }

        // The baseline's own samples make the limit, and are the first window's past.
        private void Conclude()
        {
            int highest = 0;
            Baseline = new ChannelBaseline(_learning, _learnt, _channels, _settings.SmallestSpreads);
            for (int i = 0; i < _learnt; i++)
            {
                if (TakeIn(_learning, i * _channels) && _settings.LimitPermille > 0)
                {
                    highest = Math.Max(highest, RunModel());
                }
            }

            int own = highest * _settings.LimitPermille / 1000;
            SetLimit(own > HighestScore ? HighestScore : own > Limit ? own : Limit);
            _learning = null;
        }

        private void SetLimit(int limit)
        {
            Limit = limit;
            Alarms = new AlarmMonitor(limit, _settings.Alarm);
        }

        private bool TakeIn(short[] samples, int start)
        {
            Baseline.Normalize(samples, start, _normalized);
            if (!_blocks.Add(_normalized))
            {
                return false;
            }

            if (_window.IsFull)
            {
                _window.Advance();
            }

            _window.Add(_blocks.Mean);
            return _window.IsFull;
        }

        private bool Judge()
        {
            Score = RunModel();
            IsAnomalous = Score >= Limit;
            if (Alarms.Observe(Score))
            {
                Report(Score);
            }

            return true;
        }

        private void Report(int score)
        {
            if (_log != null)
            {
                _log.Alarm(Alarms, LogWord.Unknown, score);
            }
        }

        private int RunModel()
        {
            _transformer.Run(_window.Samples, _output);
            return _layout.ScoreOf(_output);
        }

        private static bool IsFor(ModelInfo model)
        {
            for (int i = 0; i < model.ChannelCount; i++)
            {
                if (model.ChannelUnits[i] != Unit)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

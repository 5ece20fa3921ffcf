"""Drawings of ideas, each a function of its own.

A function returns ``(figure, description)``, ready for ``theme.show``:
``theme.show(*FIGURES["02_recurrent_neuron"]())``.
"""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from figures.draw import (
    answering,
    captions,
    cells,
    controls,
    counting,
    encoder_decoder,
    examples,
    fading,
    gradients,
    gru,
    layers,
    moving,
    music,
    networks,
    padding,
    pooled,
    recurrent,
    series,
    shapes,
    states,
    tagging,
    tasks,
    text,
    twins,
    way_back,
    window,
)

FIGURES: dict[str, Callable[[], tuple[Figure, str]]] = {
    "00_jupyterlab_window": window.jupyterlab_window,
    "01_sentiment": examples.sentiment,
    "01_delayed_sequence_to_sequence": tasks.delayed_sequence_to_sequence,
    "01_vector_to_sequence": tasks.vector_to_sequence,
    "01_task_shapes": tasks.task_shapes,
    "01_music": series.music,
    "01_translation": examples.translation,
    "01_captioning": examples.captioning,
    "01_temperature": series.temperature,
    "01_names_in_sentence": examples.names_in_sentence,
    "01_vocabulary_one_hot": text.vocabulary_one_hot,
    "01_twins": twins.comment_and_twin,
    "01_feedforward_and_recurrent": networks.feedforward_and_recurrent,
    "02_recurrent_neuron": recurrent.recurrent_neuron,
    "02_recurrent_layer": recurrent.recurrent_layer,
    "02_unrolled": recurrent.unrolled,
    "02_abc_memory": recurrent.abc_memory,
    "02_tanh_and_sigmoid": recurrent.tanh_and_sigmoid,
    "02_sequence_through_cell": moving.sequence_through_cell,
    "03_weights_4_inputs_3_neurons": networks.weights,
    "03_side_by_side_or_recurrent": counting.side_by_side_or_recurrent,
    "03_one_hot_picks_a_row": counting.one_hot_picks_a_row,
    "03_embedding_product": counting.embedding_product,
    "04_input_output_shapes": shapes.input_output_shapes,
    "04_return_sequences": shapes.return_sequences,
    "04_state_carried_on": states.state_carried_on,
    "04_output_layers": shapes.output_layers,
    "04_head_at_every_step": shapes.head_at_every_step,
    "05_stacked_layers": layers.stacked_layers,
    "05_four_networks": controls.four_networks,
    "06_gradient_through_time": gradients.gradient_through_time,
    "06_gradient_fading": fading.gradient_fading,
    "06_truncated_gradient": gradients.truncated_gradient,
    "07_lstm_cell": cells.lstm_cell,
    "07_lstm_forget_gate": cells.lstm_forget_gate,
    "07_lstm_input_gate": cells.lstm_input_gate,
    "07_lstm_cell_update": cells.lstm_cell_update,
    "07_lstm_output_gate": cells.lstm_output_gate,
    "07_way_back": way_back.cell_state_way_back,
    "08_gru_cell": gru.gru_cell,
    "08_gru_update_gate": gru.gru_update_gate,
    "08_gru_reset_gate": gru.gru_reset_gate,
    "08_reset_before_and_after": gru.reset_before_and_after,
    "09_bidirectional": layers.bidirectional,
    "09_bidirectional_states": layers.bidirectional_states,
    "09_leak": layers.backward_leak,
    "10_padding_and_mask": text.padding_and_mask,
    "10_ways_to_the_answer": padding.ways_to_the_answer,
    "12_keyboard": music.keyboard,
    "12_two_heads": music.two_heads,
    "13_teacher_forcing": encoder_decoder.teacher_forcing,
    "13_free_running": encoder_decoder.free_running,
    "13_attention": encoder_decoder.attention,
    "14_captioner": captions.captioner,
    "14_beam": captions.beam,
    "15_two_reader_tagger": tagging.two_reader_tagger,
    "16_text_to_ids": text.text_to_ids,
    "17_classifier": text.classifier,
    "17_look_up": counting.look_up_and_identity,
    "18_pooling": pooled.pooling_with_mask,
    "18_cross_fitting": pooled.cross_fitting,
    "18_best_network": pooled.best_network,
    "20_two_encoders": answering.two_encoders,
    "20_in_batch": answering.in_batch,
}
"""File stem -> the function that draws it and says what it shows."""

MOVING: dict[str, Callable[[], list[tuple[Figure, float]]]] = {
    "02_sequence_through_cell": moving.sequence_through_cell_frames,
    "06_gradient_fading": fading.gradient_fading_frames,
}
"""File stem -> the function that draws its frames, with seconds for each."""
